import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { expect, it } from "vitest";
import { cutSlowReader } from "../../../src/server/limits/boundAnswer.ts";
import { undoAfterFile } from "../../support/undo.ts";

it("hangs up on a client that does not take its answer, and on no other", async () => {
  const responses: ServerResponse[] = [];
  const server = createServer((request, response) => {
    responses.push(response);
    response.end("x".repeat(request.url === "/short" ? 10 : 50_000_000));
    cutSlowReader(response, request.url === "/stuck" ? 100 : undefined);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  undoAfterFile(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const address = `http://127.0.0.1:${port}`;
  expect((await (await fetch(`${address}/short`)).text()).length).toBe(10);
  expect((await (await fetch(`${address}/long`)).text()).length).toBe(50_000_000);
  const slow = connect(port, "127.0.0.1");
  slow.pause();
  slow.on("error", () => undefined); // the connection is reset
  slow.write("GET /stuck HTTP/1.1\r\nhost: a\r\n\r\n");
  await once(server, "request");
  await once(responses[2], "close");
  slow.resume();
  await once(slow, "close");
  expect(slow.bytesRead).toBeLessThan(50_000_000);
});
