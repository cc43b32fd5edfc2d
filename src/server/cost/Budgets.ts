import { LRUCache } from "lru-cache";

const MINUTE = 60_000;
const MOST_VIEWERS = 10_000;

interface Account {
  left: number;
  at: number;
}

/** What is left of a budget, and in how many seconds there is enough where it was refused. */
export interface Balance {
  readonly left: number;
  readonly retrySeconds: number | null;
}

/**
 * What viewers may still ask for: each account fills up evenly, to what may be asked for in a minute. Accounts are of
 * this process; those that were not used for the longest time are forgotten, and are full when they come again.
 */
export class Budgets {
  private readonly accounts = new LRUCache<string, Account>({ max: MOST_VIEWERS });

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Takes `cost` from the account of `viewer`, or takes nothing where that much is not left. */
  spend(viewer: string, cost: number, perMinute: number): Balance {
    const now = this.now();
    const account = this.accounts.get(viewer) ?? { left: perMinute, at: now };
    account.left = Math.min(perMinute, account.left + ((now - account.at) / MINUTE) * perMinute);
    account.at = now;
    this.accounts.set(viewer, account);
    if (cost > account.left) {
      const seconds = Math.ceil(((cost - account.left) / perMinute) * 60);
      return { left: account.left, retrySeconds: Math.max(1, seconds) };
    }
    account.left -= cost;
    return { left: account.left, retrySeconds: null };
  }
}
