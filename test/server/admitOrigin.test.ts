import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type HttpServer, openServer } from "../../src/server/openServer.ts";

const SHOP = "https://shop.example";
let open: HttpServer;
let closed: HttpServer;
beforeAll(async () => {
  open = await openServer("127.0.0.1", 0, [SHOP, "http://localhost:5173"]);
  closed = await openServer("127.0.0.1", 0);
});
afterAll(() => Promise.all([open.close(), closed.close()]));

const preflight = (server: HttpServer, origin: string, path = "/graphql") =>
  fetch(`${server.url}${path}`, {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,content-type",
    },
  });
const corsOf = ({ headers }: Response) =>
  [...headers].filter(([name]) => name.startsWith("access-control-")).map(([name]) => name);

describe("a browser's question", () => {
  it.each(["/graphql", "/graphql/stream", "/health/ready"])(
    "is answered to pages of a listed origin, at %s before there is GraphQL too",
    async (path) => {
      const response = await preflight(open, SHOP, path);
      expect(response.status).toBe(204);
      const { headers } = response;
      expect(headers.get("access-control-allow-origin")).toBe(SHOP);
      expect(headers.get("access-control-allow-methods")).toBe("GET, POST");
      expect(headers.get("access-control-allow-headers")).toMatch(/^authorization, content-type,/);
      expect(headers.get("vary")).toBe("origin");
      expect(headers.has("access-control-allow-credentials")).toBe(false);
    },
  );

  it.each([
    ["https://evil.example", "another origin"],
    ["https://shop.example.evil.example", "an origin that begins like a listed one"],
    ["http://shop.example", "another protocol"],
    ["https://shop.example:8443", "another port"],
    ["null", "no origin of its own"],
  ])("is refused to %s, %s, and says where origins are listed", async (origin) => {
    const response = await preflight(open, origin);
    expect([response.status, corsOf(response)]).toEqual([403, []]);
    const { errors } = (await response.json()) as { errors: { message: string }[] };
    expect(errors[0].message).toContain(`pages of "${origin}" may not call the gateway`);
  });

  it("is refused to all where no origin is listed, as it is by default", async () => {
    const response = await preflight(closed, SHOP);
    expect([response.status, corsOf(response), response.headers.get("vary")]).toEqual([403, [], null]);
  });

  it("is none without the method that it asks for", async () => {
    const response = await fetch(`${open.url}/graphql`, { method: "OPTIONS", headers: { origin: SHOP } });
    expect(response.status).toBe(405);
  });
});

describe("an answer", () => {
  const ask = (server: HttpServer, origin?: string) =>
    fetch(`${server.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(origin && { origin }) },
      body: "{}",
    });

  it("may be read by pages of a listed origin, a refusal too, and depends on the origin for every cache", async () => {
    const listed = await ask(open, SHOP);
    expect([listed.status, listed.headers.get("access-control-allow-origin")]).toEqual([503, SHOP]);
    expect(listed.headers.get("access-control-expose-headers")).toMatch(/www-authenticate, retry-after/);
    for (const origin of ["https://evil.example", undefined]) {
      const other = await ask(open, origin);
      expect([other.status, corsOf(other), other.headers.get("vary")]).toEqual([503, [], "origin"]);
    }
  });

  it("may be read by no page where no origin is listed", async () => {
    expect(corsOf(await ask(closed, SHOP))).toEqual([]);
  });
});
