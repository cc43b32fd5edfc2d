import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { hasData, post, type Reply, send, tell, wantsData } from "../ask.ts";
import type { Attack, Outcome, Target } from "../types.ts";

const SLOW_SECONDS = 20;
const SLOW_SOCKETS = 30;
const CREATE =
  'mutation{createEntity(input:{key:"attack",name:"Attack",type:"film",dryRun:true}){entity{key} problems{message}}}';

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

/** Refusing is right; in HTML, or with a 5xx, it is not. */
function wantsNoJson(reply: Reply): Outcome {
  const isJson = /json/.test(reply.type) && isJsonText(reply.text);
  return { succeeded: reply.status === 0 || reply.status >= 500 || !isJson, told: tell(reply) };
}

function isJsonText(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}

/** Opens connections that send `first`, and then one byte a second; succeeds where they are all held for 20 s. */
async function drip(target: Target, first: string): Promise<Outcome> {
  const { hostname, port } = new URL(target.url);
  const open = new Set<Socket>();
  for (let i = 0; i < SLOW_SOCKETS; i++) {
    const socket = connect(Number(port), hostname, () => socket.write(first));
    open.add(socket);
    socket
      .on("error", () => open.delete(socket))
      .on("close", () => open.delete(socket))
      .resume();
  }
  for (let second = 0; second < SLOW_SECONDS && open.size > 0; second++) {
    await sleep(1_000);
    for (const socket of open) socket.write("a");
  }
  const held = open.size;
  for (const socket of open) socket.destroy();
  return { succeeded: held > 0, told: `${held} of ${SLOW_SOCKETS} connections held for ${SLOW_SECONDS} s` };
}

/** What HTTP can do around GraphQL. */
export const HTTP_ATTACKS: readonly Attack[] = [
  {
    name: "mutation by GET",
    aim: "a link that changes something",
    run: async ({ url, keys }) =>
      wantsData(
        await send(`${url}?query=${encodeURIComponent(CREATE)}`, {
          headers: { ...bearer(keys.admin), "apollo-require-preflight": "1" },
        }),
      ),
  },
  {
    name: "query by plain GET",
    aim: "another site's page that reads, or times, a query",
    run: async ({ url, keys }) =>
      wantsData(
        await send(`${url}?query=${encodeURIComponent("{viewer{name}}")}`, {
          headers: { ...bearer(keys.viewer), origin: "https://evil.example" },
        }),
      ),
  },
  ...[
    ["a form", "application/x-www-form-urlencoded", `query=${encodeURIComponent(CREATE)}`],
    ["text/plain", "text/plain", JSON.stringify({ query: CREATE })],
    [
      "a form with files",
      'multipart/form-data; boundary="b"',
      `--b\r\ncontent-disposition: form-data; name="operations"\r\n\r\n${JSON.stringify({ query: CREATE })}\r\n--b--\r\n`,
    ],
    ["application/graphql", "application/graphql", CREATE],
    ["no known content type", "nonsense", JSON.stringify({ query: CREATE })],
    ["UTF-7", "application/json; charset=utf-7", JSON.stringify({ query: CREATE })],
  ].map(
    ([name, type, body]): Attack => ({
      name: `mutation as ${name}`,
      aim: "a request that a browser sends for any page",
      run: async ({ url, keys }) =>
        wantsData(
          await send(url, { method: "POST", headers: { ...bearer(keys.admin), "content-type": type }, body }),
        ),
    }),
  ),
  {
    name: "other origins",
    aim: "a page of any origin that reads the answer",
    run: async (target) => {
      const reply = await post(
        target,
        { query: "{viewer{name}}" },
        { headers: { origin: "https://evil.example" } },
      );
      const allowed = reply.headers.get("access-control-allow-origin");
      return {
        succeeded: allowed === "*" || allowed === "https://evil.example",
        told: `access-control-allow-origin: ${allowed ?? "none"}`,
      };
    },
  },
  {
    name: "malformed JSON",
    aim: "an error page, or the server's inside",
    run: async (target) => wantsNoJson(await post(target, '{"query": "{viewer')),
  },
  {
    name: "JSON that is no object",
    aim: "the same",
    run: async (target) => wantsNoJson(await post(target, '"query"')),
  },
  {
    name: "oversized body",
    aim: "40 MB to hold in memory",
    run: async (target) => {
      const reply = await post(target, { query: `{viewer{name}} #${"x".repeat(40_000_000)}` });
      // A connection that is closed before all of it was sent is a refusal too.
      const succeeded = hasData(reply) || target.ended() || (reply.status > 0 && !/json/.test(reply.type));
      return { succeeded, told: tell(reply) };
    },
  },
  {
    name: "compressed bomb",
    aim: "60 MB out of 60 kB",
    run: async (target) => {
      const body = gzipSync(JSON.stringify({ query: `{viewer{name}} #${"x".repeat(60_000_000)}` }));
      const reply = await send(target.url, {
        method: "POST",
        headers: {
          ...bearer(target.keys.viewer),
          "content-type": "application/json",
          "content-encoding": "gzip",
        },
        body,
      });
      return {
        succeeded: hasData(reply) || reply.status >= 500 || !/json/.test(reply.type),
        told: tell(reply),
      };
    },
  },
  {
    name: "slow body",
    aim: "connections that are held by a byte a second",
    run: (target) =>
      drip(
        target,
        "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n{",
      ),
  },
  {
    name: "slow headers",
    aim: "the same before the body",
    run: (target) => drip(target, "POST /graphql HTTP/1.1\r\nhost: x\r\nx-slow: "),
  },
  {
    name: "slow reading",
    aim: "large answers that nobody takes",
    run: async (target) => {
      const { hostname, port } = new URL(target.url);
      const query =
        "{entities(first:100){nodes{name description aliases attributes triples(first:40){nodes{head{name description}tail{name description}}}}}}";
      const body = JSON.stringify({ query });
      const request = `POST /graphql HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${target.keys.viewer}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
      const sockets = Array.from({ length: SLOW_SOCKETS }, () => connect(Number(port), hostname));
      for (const socket of sockets)
        socket
          .on("error", () => undefined)
          .pause()
          .write(request.repeat(20));
      await sleep(8_000);
      const reply = await post(target, { query: "{viewer{name}}" });
      for (const socket of sockets) socket.destroy();
      return { succeeded: target.ended() || !hasData(reply), told: `meanwhile ${tell(reply)}` };
    },
  },
  {
    name: "two lengths",
    aim: "a request hidden in another's body",
    run: async ({ url, keys }) => {
      const { hostname, port } = new URL(url);
      const hidden = "GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n";
      const text = await new Promise<string>((resolve) => {
        let got = "";
        const socket = connect(Number(port), hostname, () =>
          socket.write(
            `POST /graphql HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${keys.viewer}\r\ncontent-type: application/json\r\ncontent-length: 6\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
          ),
        );
        socket.on("data", (chunk) => {
          got += chunk;
        });
        socket.on("error", () => resolve(got)).on("close", () => resolve(got));
        setTimeout(() => socket.destroy(), 2_000);
      });
      const answers = text.match(/HTTP\/1\.1 \d+/g) ?? [];
      return {
        succeeded: answers.some((answer) => answer.endsWith("200")),
        told: answers.join(", ") || "closed",
      };
    },
  },
  {
    name: "deep JSON",
    aim: "stacks, by 200,000 lists in lists in the variables",
    run: async (target) => {
      const reply = await post(
        target,
        `{"query":"{viewer{name}}","variables":{"a":${"[".repeat(200_000)}${"]".repeat(200_000)}}}`,
      );
      return { succeeded: reply.status === 0 || reply.status >= 500 || hasData(reply), told: tell(reply) };
    },
  },
  {
    name: "a landing page",
    aim: "a console that the server did not mean to show",
    run: async ({ origin }) => {
      const reply = await send(`${origin}/graphql`, {
        headers: { accept: "text/html", "user-agent": "Mozilla/5.0" },
      });
      return {
        succeeded:
          /sandbox|graphiql|apollo-server-landing|studio/i.test(reply.text) && /html/.test(reply.type),
        told: tell(reply),
      };
    },
  },
];
