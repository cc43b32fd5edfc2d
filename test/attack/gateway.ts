import { readConfig } from "../../src/config.ts";
import { runServer } from "../../src/main.ts";

/** This gateway, as `whygraph serve` runs it. */
await runServer(readConfig());
