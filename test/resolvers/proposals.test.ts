import { beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../../src/context.ts";
import { globalId } from "../../src/schema/globalId.ts";
import { type Gateway, openGateway } from "./openGateway.ts";

let gateway: Gateway;
beforeAll(async () => {
  gateway = await openGateway();
});

const PROPOSAL = `id status head { key entity { name } proposed { name } } relation { key } tail { key entity { name } proposed { name } }
  confidence sources { name method quote proposedBy } method span { start end quote } reason proposedBy supporters
  supporterCount reviewedBy note revision change { kind revision } triple { head { name } tail { name } }`;
const PROPOSE = `mutation ($input: ProposeTriplesInput!) { proposeTriples(input: $input) {
  proposals { ${PROPOSAL} } change { revision } problems { code message path } graphRevision } }`;
const REVIEW = `mutation ($input: ReviewProposalsInput!) { reviewProposals(input: $input) {
  proposals { ${PROPOSAL} } change { revision kind actor reason } problems { code message path } graphRevision } }`;
const WITHDRAW = `mutation ($input: WithdrawProposalsInput!) { withdrawProposals(input: $input) {
  proposals { status supporters proposedBy revision } problems { code path } } }`;
const PAGE = `query ($status: ProposalStatus, $mine: Boolean!) { proposals(status: $status, mine: $mine) { nodes {
  id head { key } tail { key } diff { subject sentence before after } conflicts { code message }
  contradicting { head { key } relation { key } tail { key } } } } }`;

const ask = async (query: string, input: object, role: Role) => {
  const { data, errors } = await gateway.ask(query, { input }, role);
  expect(errors).toEqual([]);
  return Object.values(data)[0] as Record<string, never> & { proposals: never[]; problems: never[] };
};
// biome-ignore lint/suspicious/noExplicitAny: a test reads the answer as the JSON that it is
type Json = any;
const propose = (input: object, role: Role = "VIEWER"): Promise<Json> => ask(PROPOSE, input, role);
const review = (input: object, role: Role = "CURATOR"): Promise<Json> => ask(REVIEW, input, role);
const withdraw = (ids: string[], role: Role): Promise<Json> => ask(WITHDRAW, { ids }, role);
const pending = async (): Promise<Json[]> => {
  const { data, errors } = await gateway.ask(PAGE, { status: "PENDING", mine: false }, "CURATOR");
  expect(errors).toEqual([]);
  return data.proposals.nodes;
};
const revisionNow = async () =>
  (await gateway.db.query<{ revision: string }>("select revision from graph"))[0].revision;
const accept = (...ids: string[]) => ({ decisions: ids.map((id) => ({ id, decision: "ACCEPT" })) });
const starring = (head: string, tail: string) => ({
  head: `movie:${head}`,
  relation: "starring",
  tail: `person:${tail}`,
});

describe("proposeTriples", () => {
  it("needs a key, and so do the proposals; those of others need the role CURATOR", async () => {
    const input = { triples: [starring("titanic", "linda-hamilton")] };
    expect(await gateway.ask(PROPOSE, { input })).toMatchObject({ errors: [{ code: "UNAUTHENTICATED" }] });
    const all = await gateway.ask(PAGE, { status: "PENDING", mine: false }, "VIEWER");
    expect(all.errors).toMatchObject([{ code: "FORBIDDEN" }]);
    const mine = await gateway.ask(PAGE, { status: "PENDING", mine: true }, "VIEWER");
    expect(mine).toMatchObject({ errors: [], data: { proposals: { nodes: [] } } });
    const review = { input: accept(globalId("Proposal", 1)) };
    expect((await gateway.ask(REVIEW, review, "VIEWER")).errors).toMatchObject([{ code: "FORBIDDEN" }]);
  });

  it("keeps what is proposed and leaves the graph as it is", async () => {
    const before = await revisionNow();
    const quote = "Linda Hamilton stars in Titanic";
    const answer = await propose({
      triples: [
        {
          ...starring("titanic", "linda-hamilton"),
          ...{ confidence: 0.75, method: "PATTERN", span: { start: 7, end: 7 + quote.length, quote } },
          sources: [{ name: "a review", method: "EXTRACTION" }],
        },
      ],
      reason: "read it",
    });
    expect(answer.problems).toEqual([]);
    expect(answer.change).toBeNull();
    expect(answer.proposals).toMatchObject([
      {
        ...{ status: "PENDING", confidence: 0.75, method: "PATTERN", reason: "read it", revision: 1 },
        head: { key: "movie:titanic", entity: { name: "Titanic" }, proposed: null },
        ...{ relation: { key: "starring" }, tail: { entity: { name: "Linda Hamilton" } } },
        ...{ proposedBy: "test viewer", supporters: ["test viewer"], supporterCount: 1, triple: null },
        span: { start: 7, end: 38, quote },
      },
    ]);
    expect(await revisionNow()).toBe(before);
    const { data } = await gateway.ask(
      "query ($id: ID!) { node(id: $id) { ... on Proposal { status } } }",
      { id: answer.proposals[0].id },
      "VIEWER",
    );
    expect(data.node).toEqual({ status: "PENDING" });
  });

  it("combines identical ones: a second proposer supports the first, and a third time changes nothing", async () => {
    const triple = starring("gladiator", "harrison-ford");
    const [first] = (await propose({ triples: [{ ...triple, confidence: 0.5 }] })).proposals;
    const [again] = (await propose({ triples: [{ ...triple, confidence: 0.5 }] })).proposals;
    expect(again).toEqual(first);
    const source = { name: "a poster", method: "CURATOR" };
    const input = { triples: [{ ...triple, confidence: 0.9, sources: [source] }] };
    const [supported] = (await propose(input, "ADMIN")).proposals;
    expect(supported).toMatchObject({
      ...{ id: first.id, confidence: expect.closeTo(0.9), supporters: ["test viewer", "test admin"] },
      ...{ supporterCount: 2, revision: 2, sources: [source] },
    });
    const stale = { decisions: [{ id: first.id, decision: "ACCEPT", expectedRevision: 1 }] };
    expect((await review(stale)).problems).toMatchObject([
      { code: "REVISION_CONFLICT", path: ["decisions", "0", "expectedRevision"] },
    ]);
  });

  it("takes a mirrored triple of a symmetric relation for the same one", async () => {
    const married = (head: string, tail: string) => ({
      head: `person:${head}`,
      relation: "married_to",
      tail: `person:${tail}`,
    });
    const { proposals } = await propose({
      triples: [married("sigourney-weaver", "harrison-ford"), married("harrison-ford", "sigourney-weaver")],
    });
    expect(proposals).toHaveLength(1);
    expect(proposals[0]).toMatchObject({
      head: { key: "person:harrison-ford" },
      tail: { key: "person:sigourney-weaver" },
    });
  });

  it("names what is unknown, malformed or in the graph already, each with its path, and keeps nothing", async () => {
    const count = async () => (await gateway.db.query("select count(*) from proposal"))[0];
    const before = await count();
    const unknown = await propose({
      triples: [starring("alien-5", "linda-hamilton"), { ...starring("alien", "nobody"), relation: "eats" }],
    });
    expect(unknown.problems.map(({ code, path }: Json) => [code, path.join(".")])).toEqual([
      ["UNKNOWN_ENTITY", "triples.0.head"],
      ["UNKNOWN_RELATION", "triples.1.relation"],
      ["UNKNOWN_ENTITY", "triples.1.tail"],
    ]);
    const known = await propose({ triples: [starring("alien", "sigourney-weaver")] });
    expect(known.problems).toMatchObject([{ code: "TRIPLE_EXISTS", path: ["triples", "0"] }]);
    const malformed = await propose({
      triples: [
        { ...starring("titanic", "harrison-ford"), confidence: 2, span: { start: 3, end: 4, quote: "no" } },
      ],
    });
    expect(malformed.problems.map(({ path }: Json) => path.join("."))).toEqual([
      "triples.0.confidence",
      "triples.0.span",
    ]);
    const none = await propose({ triples: [] });
    expect(none.problems).toMatchObject([{ code: "INVALID_VALUE", path: ["triples"] }]);
    expect(await count()).toEqual(before);
  });

  it("keeps nothing in a dry run, and writes once under an idempotency key", async () => {
    const triples = [starring("blade-runner", "linda-hamilton")];
    const dry = await propose({ triples, dryRun: true });
    expect(dry.proposals).toHaveLength(1);
    expect((await pending()).map(({ tail }) => tail.key)).not.toContain("movie:blade-runner");
    const once = await propose({ triples, idempotencyKey: "p1" });
    expect(await propose({ triples, idempotencyKey: "p1" })).toEqual(once);
    await withdraw([once.proposals[0].id], "VIEWER");
  });
});

describe("reviewProposals", () => {
  it("accepts a new entity and its triples in one change that tells who proposed them in which words", async () => {
    const quote = "Prometheus, directed by Ridley Scott";
    const { proposals } = await propose({
      triples: [
        {
          ...{ head: "movie:prometheus", relation: "directed_by", tail: "person:ridley-scott" },
          ...{ method: "MODEL", span: { start: 0, end: quote.length, quote }, confidence: 0.75 },
          sources: [{ name: "a paper", method: "EXTRACTION" }],
        },
        { head: "movie:prometheus", relation: "has_genre", tail: "genre:science-fiction" },
      ],
      entities: [{ key: "movie:prometheus", type: "movie", name: "Prometheus", isItem: true }],
    });
    expect(proposals[0].head).toEqual({
      key: "movie:prometheus",
      entity: null,
      proposed: { name: "Prometheus" },
    });
    const [page] = (await pending()).filter(({ id }) => id === proposals[0].id);
    expect(page).toMatchObject({
      diff: [
        { subject: "entity", sentence: "adds the movie Prometheus (movie:prometheus)", before: null },
        { subject: "triple", sentence: "adds Prometheus – directed by → Ridley Scott", before: null },
      ],
      conflicts: [],
      contradicting: [],
    });

    const before = Number(await revisionNow());
    const answer = await review({ ...accept(proposals[0].id, proposals[1].id), reason: "both are right" });
    expect(answer.problems).toEqual([]);
    expect(answer.change).toEqual({
      ...{ revision: String(before + 1), kind: "accept_proposals" },
      ...{ actor: "test curator", reason: "both are right" },
    });
    expect(answer.proposals).toMatchObject([
      {
        ...{ status: "ACCEPTED", reviewedBy: "test curator", revision: 2 },
        ...{ change: { revision: String(before + 1) }, triple: { head: { name: "Prometheus" } } },
      },
      { status: "ACCEPTED", triple: { tail: { name: "Science Fiction" } } },
    ]);
    const triples = await gateway.ask(
      `{ triples(filter: { head: "movie:prometheus" }) { nodes { relation { key } confidence
          sources { name method quote proposedBy } } } }`,
    );
    expect(triples.data.triples.nodes).toContainEqual({
      ...{ relation: { key: "directed_by" }, confidence: 0.75 },
      sources: [{ name: "a paper", method: "EXTRACTION", quote, proposedBy: "test viewer" }],
    });
    expect(triples.data.triples.nodes).toContainEqual({
      ...{ relation: { key: "has_genre" }, confidence: 1 },
      sources: [{ name: "test viewer", method: "CURATOR", quote: null, proposedBy: "test viewer" }],
    });
    // The snapshot holds it when the mutation answers.
    const { data } = await gateway.ask(
      `{ paths(from: { key: "movie:prometheus" }, to: { key: "movie:gladiator" }) { length } }`,
    );
    expect(data.paths[0]).toEqual({ length: 2 });
  });

  it("lets nobody accept what they support, and everybody reject it", async () => {
    const { proposals } = await propose({ triples: [starring("aliens", "harrison-ford")] }, "CURATOR");
    const [{ id }] = proposals;
    const before = await revisionNow();
    const own = await review(accept(id));
    expect(own).toMatchObject({
      ...{ proposals: [], change: null },
      problems: [{ code: "OWN_PROPOSAL", path: ["decisions", "0", "decision"] }],
    });
    const rejected = await review({ decisions: [{ id, decision: "REJECT", note: "I was wrong" }] });
    expect(rejected).toMatchObject({
      change: null,
      proposals: [{ status: "REJECTED", note: "I was wrong", triple: null, change: null }],
    });
    expect(await revisionNow()).toBe(before);
    const again = await review({ decisions: [{ id, decision: "ACCEPT" }] }, "ADMIN");
    expect(again.problems).toMatchObject([{ code: "PROPOSAL_CLOSED", path: ["decisions", "0", "id"] }]);
  });

  it("shows what speaks against a proposal, and writes none of a review where one does not fit", async () => {
    // Aliens follows Alien already, and a film follows one at most.
    const { proposals } = await propose({
      triples: [
        { head: "movie:aliens", relation: "follows", tail: "movie:terminator" },
        { head: "person:ridley-scott", relation: "directed_by", tail: "person:james-cameron" },
        starring("terminator", "sigourney-weaver"),
      ],
    });
    const ids = proposals.map(({ id }: Json) => id);
    const [crowded, misfit, fine] = ids.map(
      (
        (nodes) => (id: string) =>
          nodes.find((node) => node.id === id)
      )(await pending()),
    );
    expect(crowded).toMatchObject({
      diff: [],
      conflicts: [{ code: "CARDINALITY_VIOLATION" }],
      contradicting: [
        { head: { key: "movie:aliens" }, relation: { key: "follows" }, tail: { key: "movie:alien" } },
      ],
    });
    expect(misfit).toMatchObject({ diff: [], conflicts: [{ code: "DOMAIN_VIOLATION" }], contradicting: [] });
    expect(fine).toMatchObject({ diff: [{ subject: "triple" }], conflicts: [], contradicting: [] });

    const before = await revisionNow();
    const answer = await review(accept(...ids));
    expect(answer.problems.map(({ code, path }: Json) => [code, path.slice(0, 2).join(".")])).toEqual([
      ["CARDINALITY_VIOLATION", "decisions.0"],
      ["DOMAIN_VIOLATION", "decisions.1"],
    ]);
    expect(await revisionNow()).toBe(before);
    const decisions = ids.map((id: string, i: number) => ({ id, decision: i === 2 ? "ACCEPT" : "REJECT" }));
    const dry = await review({ decisions, dryRun: true });
    expect(dry.proposals.map(({ status }: Json) => status)).toEqual(["REJECTED", "REJECTED", "ACCEPTED"]);
    expect(await revisionNow()).toBe(before);
    const mixed = await review({ decisions, idempotencyKey: "mixed" });
    expect(mixed.proposals.map(({ status }: Json) => status)).toEqual(["REJECTED", "REJECTED", "ACCEPTED"]);
    expect(await review({ decisions, idempotencyKey: "mixed" })).toEqual(mixed);
    expect(await revisionNow()).toBe(String(Number(before) + 1));
  });

  it("names unknown proposals and repeated ones", async () => {
    const unknown = await review(accept(globalId("Proposal", 999)));
    expect(unknown.problems).toMatchObject([{ code: "UNKNOWN_PROPOSAL", path: ["decisions", "0", "id"] }]);
    const twice = await review(accept(globalId("Proposal", 1), globalId("Proposal", 1)));
    expect(twice.problems).toMatchObject([{ code: "INVALID_VALUE", path: ["decisions", "1", "id"] }]);
  });

  it("accepts a proposal once, whoever comes first", async () => {
    const { proposals } = await propose({ triples: [starring("gladiator", "linda-hamilton")] });
    const [{ id }] = proposals;
    const answers = await Promise.all([1, 2, 3, 4].map((n) => review({ ...accept(id), reason: `try ${n}` })));
    expect(answers.filter(({ change }) => change !== null)).toHaveLength(1);
    expect(answers.flatMap(({ problems }) => problems.map(({ code }: Json) => code))).toEqual(
      Array(3).fill("PROPOSAL_CLOSED"),
    );
  });
});

describe("withdrawProposals", () => {
  it("leaves a proposal to its other supporters, and withdraws it with the last", async () => {
    const triples = [starring("titanic", "sigourney-weaver")];
    const [{ id }] = (await propose({ triples })).proposals;
    await propose({ triples }, "ADMIN");
    expect((await withdraw([id], "CURATOR")).problems).toMatchObject([
      { code: "UNKNOWN_PROPOSAL", path: ["ids", "0"] },
    ]);
    expect((await withdraw([id], "VIEWER")).proposals).toEqual([
      { status: "PENDING", supporters: ["test admin"], proposedBy: "test admin", revision: 3 },
    ]);
    expect((await withdraw([id], "ADMIN")).proposals).toMatchObject([
      { status: "WITHDRAWN", supporters: [] },
    ]);
    const [anew] = (await propose({ triples })).proposals;
    expect(anew.id).not.toBe(id);
  });
});

describe("extractTriples", () => {
  const EXTRACT = PROPOSE.replace("ProposeTriplesInput", "ExtractTriplesInput").replace(
    "proposeTriples",
    "extractTriples",
  );
  const extract = (input: object, role: Role = "VIEWER"): Promise<Json> => ask(EXTRACT, input, role);

  it("proposes what a text states and the graph lacks, in the text's words, and what it names and the graph lacks", async () => {
    const text =
      "Alien was directed by Ridley Scott. Gladiator stars Sigourney Weaver. Titanic was not directed by Ridley Scott. " +
      "The Terminator stars Michael Biehn.";
    const source = { name: "a review", url: "https://example.org/review" };
    const { proposals, problems, change } = await extract({ text, source });
    expect({ problems, change }).toEqual({ problems: [], change: null });
    const weaver = proposals.find(({ head }: Json) => head.key === "movie:gladiator");
    expect(weaver).toMatchObject({
      ...{ status: "PENDING", method: "GAZETTEER", proposedBy: "test viewer" },
      ...{ relation: { key: "starring" }, tail: { key: "person:sigourney-weaver" } },
      sources: [{ name: "a review", method: "EXTRACTION" }],
    });
    expect(text.slice(weaver.span.start, weaver.span.end)).toBe(weaver.span.quote);
    expect(weaver.span.quote).toContain("Gladiator stars Sigourney Weaver");
    const biehn = proposals.find(({ tail }: Json) => tail.key === "person:michael-biehn");
    expect(biehn).toMatchObject({
      ...{ method: "PATTERN", head: { key: "movie:terminator" } },
      tail: { entity: null, proposed: { name: "Michael Biehn" } },
    });
    // What the graph has, and what the text denies, is not proposed.
    expect(proposals).toHaveLength(2);
    const { proposals: reviewed } = await review(accept(biehn.id, weaver.id));
    expect(reviewed[0].triple).toEqual({ head: { name: "The Terminator" }, tail: { name: "Michael Biehn" } });
    expect((await extract({ text })).proposals).toEqual([]);
  });

  it("proposes only what is sure enough, and nothing of a text that states nothing", async () => {
    const text = "Blade Runner stars Sigourney Weaver.";
    expect((await extract({ text, minConfidence: 1 })).proposals).toEqual([]);
    expect((await extract({ text: "It rains." })).proposals).toEqual([]);
    expect((await extract({ text, dryRun: true })).proposals).toHaveLength(1);
    expect(await gateway.ask(EXTRACT, { input: { text } })).toMatchObject({
      errors: [{ code: "UNAUTHENTICATED" }],
    });
  });

  it("leaves a triple that curators have deprecated out", async () => {
    // Titanic has genre Science Fiction, deprecated.
    const { proposals, problems } = await extract({ text: "Titanic has genre Science Fiction." });
    expect({ proposals, problems }).toEqual({ proposals: [], problems: [] });
  });
});
