import {
  GraphQLInputObjectType,
  GraphQLList,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  graphql,
} from "graphql";
import { describe, expect, it } from "vitest";
import { ANONYMOUS, makeViewer } from "../../src/access/makeViewer.ts";
import type { Viewer } from "../../src/access/types.ts";
import { guardFields } from "../../src/schema/guardFields.ts";
import { NEED, type Need, userOf } from "../../src/schema/Needs.ts";

const Interaction = new GraphQLInputObjectType({
  name: "Interaction",
  fields: { user: { type: GraphQLString } },
});
const Input = new GraphQLInputObjectType({
  name: "Input",
  fields: { interactions: { type: new GraphQLList(Interaction) } },
});

/** A schema of one root field with this need and these arguments, and one field below. */
function makeSchema(
  need: Need | undefined,
  args: Record<string, { type: typeof GraphQLString | typeof Input }> = {},
  nested: typeof args = {},
): GraphQLSchema {
  const resolve = () => "done";
  const Below = new GraphQLObjectType({
    name: "Below",
    fields: { told: { type: GraphQLString, args: nested } },
  });
  const fields = {
    act: { type: GraphQLString, args, resolve, description: "Acts.", extensions: { [NEED]: need } },
    below: { type: Below, resolve: () => ({ told: "x" }), extensions: { [NEED]: { scopes: [] } } },
  };
  return new GraphQLSchema({ query: new GraphQLObjectType({ name: "Query", fields }) });
}

const withUser = { user: { type: GraphQLString } };

describe("a schema", () => {
  it("is refused where a root field declares no need", () => {
    expect(() => guardFields(makeSchema(undefined))).toThrow(
      "Query.act declares no need; expected @Needs(…)",
    );
  });

  it("is refused where a field speaks of users at any depth and does not say of which", () => {
    const need: Need = { scopes: ["graph:read"] };
    expect(() => guardFields(makeSchema(need, withUser))).toThrow("Query.act speaks of users; expected");
    expect(() => guardFields(makeSchema(need, { input: { type: Input } }))).toThrow(
      "Query.act speaks of users",
    );
    expect(() => guardFields(makeSchema(need, {}, withUser))).toThrow("Below.told speaks of users");
    expect(() => guardFields(makeSchema({ ...need, users: userOf }, withUser))).not.toThrow();
  });

  it("tells in each description what the field needs", () => {
    const told = (need: Need) => {
      const schema = makeSchema(need);
      guardFields(schema);
      return schema.getQueryType()?.getFields().act.description;
    };
    expect(told({ scopes: ["graph:read"] })).toBe("Acts. Needs `graph:read`.");
    expect(told({ scopes: ["graph:write", "models:write"] })).toBe(
      "Acts. Needs `graph:write` (CURATOR, ADMIN) or `models:write` (ADMIN).",
    );
    expect(told({ scopes: [], told: "Needs luck." })).toBe("Acts. Needs luck.");
  });
});

describe("a guarded field", () => {
  const ask = async (need: Need, viewer: Viewer, source = "{ act }", args: typeof withUser | object = {}) => {
    const schema = makeSchema(need, args as typeof withUser);
    guardFields(schema);
    const { data, errors } = await graphql({ schema, source, contextValue: { viewer } });
    return errors?.[0].message ?? data?.act;
  };

  it("is resolved for whoever holds one of its scopes, and says to others what is missing", async () => {
    const need: Need = { scopes: ["graph:write", "models:write"] };
    const limited = makeViewer("mona", "ADMIN", { scopes: ["models:write"] });
    expect(await ask(need, limited)).toBe("done");
    expect(await ask(need, ANONYMOUS)).toBe(
      'act needs the scope graph:write or models:write, and so a key; expected "authorization: Bearer <key>"',
    );
    expect(await ask(need, makeViewer("vera", "VIEWER"))).toBe(
      'act needs the scope graph:write or models:write: the key "vera" has the role VIEWER; expected CURATOR or ADMIN',
    );
    expect(await ask({ scopes: ["graph:write"] }, limited)).toBe(
      'act needs the scope graph:write: the key "mona" leaves it out; expected one that holds it',
    );
  });

  it("is kept to the viewer's users", async () => {
    const need: Need = { scopes: ["graph:read"], users: userOf };
    const viewer = makeViewer("shop", "VIEWER", { users: ["a:*", "ann", "b", "c", "d"] });
    expect(await ask(need, viewer, `{ act(user: "a:1") }`, withUser)).toBe("done");
    expect(await ask(need, viewer, "{ act }", withUser)).toBe("done");
    expect(await ask(need, viewer, `{ act(user: "ben") }`, withUser)).toBe(
      'act is not allowed for the user "ben": the key "shop" is for "a:*", "ann", "b" and 2 more',
    );
    expect(await ask({ ...need, users: () => "all" }, viewer, "{ act }", withUser)).toBe(
      'act is not allowed for all users: the key "shop" is for "a:*", "ann", "b" and 2 more',
    );
  });
});
