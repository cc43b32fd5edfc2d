import { beforeAll, expect, it } from "vitest";
import type { Database } from "../../src/kg/database.ts";
import { findModel } from "../../src/kg/models/findModels.ts";
import { fitHere } from "../jobs/support.ts";
import { createTestDatabase } from "../support/database.ts";
import { insertFilms } from "../support/films.ts";

const USERS = 40;

let db: Database;

beforeAll(async () => {
  db = await createTestDatabase();
  await insertFilms(db);
  // Each user rates 4 of the 6 films, begun at another one and in another order.
  await db.query(
    `insert into interaction (user_key, item_id, weight, at)
      select 'user ' || u, item.id, 5, timestamptz '2024-02-01' + (u * 10 + step) * interval '1 minute'
        from generate_series(0, $1::int - 1) u cross join generate_series(0, 3) step
        join (select id, row_number() over (order by id) - 1 as place from entity where is_item) item
          on item.place = (u + step * (1 + u % 2 * 4)) % 6`,
    [USERS],
  );
});

it("fits a model again to the last bit: with its seed, and with the settings of its card instead of a search", async () => {
  const searched = await findModel(db, await fitHere(db, { seed: 3 }));
  expect(searched!.metrics.validUsers).toBeGreaterThanOrEqual(USERS);
  const again = await findModel(db, await fitHere(db, { seed: 3 }));
  expect(again!.digest).toBe(searched!.digest);
  const { seed: _, ...config } = searched!.config;
  const fixed = await findModel(db, await fitHere(db, { seed: 3, config }));
  expect(fixed!.config).toEqual(searched!.config);
  expect(fixed!.digest).toBe(searched!.digest);
});
