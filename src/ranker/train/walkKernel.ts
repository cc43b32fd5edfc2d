import type { ItemSpace } from "./itemSpace.ts";
import type { KernelRow } from "./kernels.ts";

const POWER_STEPS = 20;
const OUTPUT = 0.125;
/** Most multiply-adds that a fit takes the time for: about 20 s on one core. */
const MOST_WORK = 2e10;

/** True where the interactions are few enough for `walkKernel`: each row walks over all of them four times. */
export function canWalk(space: ItemSpace): boolean {
  return space.entity.length * space.userItem.length * 4 <= MOST_WORK;
}

/**
 * Walks of up to three co-interactions, in one item–item matrix: I − (I − K)³ = 3K − 3K² + K³ with
 * K = D^−b·Xᵀ·D_u⁻¹·X·D^−b / λ_max; D counts the users of an item, D_u the items of a user. It reaches items
 * that share no user with the history, and smooths those that share few. The entries of an item are lifted by
 * its number of users ^ `output`, since K discounts it more than a list wants. The diagonal is 0.
 * @see Shen et al. 2021, "How Powerful is Graph Convolution for Recommendation?", for the filter's place
 */
export function walkKernel(space: ItemSpace, discountExponent: number, output = OUTPUT): KernelRow {
  const items = space.entity.length;
  const discount = Float64Array.from(
    space.entity,
    (_, item) => (space.itemOffsets[item + 1] - space.itemOffsets[item]) ** -discountExponent,
  );
  const lift = Float64Array.from(
    space.entity,
    (_, item) => (space.itemOffsets[item + 1] - space.itemOffsets[item]) ** output,
  );
  const users = new Float64Array(space.users);
  const step = (from: Float64Array, to: Float64Array, scale: number) => {
    spread(space, { from, to, discount, users, scale });
  };
  const scale = 1 / findLargestEigenvalue(step, items);
  const [one, two, three] = [new Float64Array(items), new Float64Array(items), new Float64Array(items)];
  const start = new Float64Array(items);
  return (item, out) => {
    start.fill(0);
    start[item] = 1;
    step(start, one, scale);
    step(one, two, scale);
    step(two, three, scale);
    for (let other = 0; other < items; other++) {
      out[other] += lift[other] * (3 * one[other] - 3 * two[other] + three[other]);
    }
    out[item] = 0;
  };
}

/** to = scale · D^−b·Xᵀ·D_u⁻¹·X·D^−b · from. Cost: two passes over the interactions. */
function spread(
  { userOffsets, userItem, users: count }: ItemSpace,
  {
    from,
    to,
    discount,
    users,
    scale,
  }: { from: Float64Array; to: Float64Array; discount: Float64Array; users: Float64Array; scale: number },
): void {
  for (let user = 0; user < count; user++) {
    let sum = 0;
    for (let at = userOffsets[user]; at < userOffsets[user + 1]; at++) {
      sum += discount[userItem[at]] * from[userItem[at]];
    }
    users[user] = sum === 0 ? 0 : (scale * sum) / (userOffsets[user + 1] - userOffsets[user]);
  }
  to.fill(0);
  for (let user = 0; user < count; user++) {
    const share = users[user];
    if (share === 0) continue;
    for (let at = userOffsets[user]; at < userOffsets[user + 1]; at++) to[userItem[at]] += share;
  }
  for (let item = 0; item < to.length; item++) to[item] *= discount[item];
}

/** Power iteration; the matrix has no negative entry, so a row of ones finds its largest eigenvalue. */
function findLargestEigenvalue(
  step: (from: Float64Array, to: Float64Array, scale: number) => void,
  items: number,
): number {
  let from = new Float64Array(items).fill(1 / Math.sqrt(items));
  let to = new Float64Array(items);
  let size = 1;
  for (let turn = 0; turn < POWER_STEPS; turn++) {
    step(from, to, 1);
    size = Math.sqrt(to.reduce((sum, value) => sum + value * value, 0)) || 1;
    for (let item = 0; item < items; item++) to[item] /= size;
    [from, to] = [to, from];
  }
  return size;
}
