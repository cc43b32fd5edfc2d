import type { Socket } from "node:net";
import { errorText } from "./reply.ts";

/** A body that comes more slowly is cut off. */
export const REQUEST_MS = 15_000;

/** Answers what is not HTTP, or came too slowly, in JSON too. */
export function refuseClient(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const [status, message] =
    {
      ERR_HTTP_REQUEST_TIMEOUT: [
        "408 Request Timeout",
        `the request took longer than ${REQUEST_MS / 1000} s to arrive`,
      ],
      HPE_HEADER_OVERFLOW: ["431 Request Header Fields Too Large", "the headers are longer than 16 KiB"],
    }[error.code ?? ""] ?? (["400 Bad Request", "the request is not HTTP/1.1"] as const);
  const body = errorText("BAD_REQUEST", message);
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
