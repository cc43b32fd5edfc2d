import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    // A test that imports graphql must get the copy that type-graphql and Apollo get from Node.
    alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }],
  },
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/globalSetup.ts"],
    setupFiles: ["test/support/setup.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    isolate: false, // nothing is mocked: files of one worker share the modules that they load
  },
});
