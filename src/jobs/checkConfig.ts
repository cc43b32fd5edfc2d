import { invalid } from "../kg/curation/checks.ts";
import type { JSONObject, Problem } from "../kg/types.ts";
import { DEFAULT_CONFIG, FUSIONS, type ModelConfig } from "../ranker/model.ts";
import { DEFAULT_FACTORS } from "../ranker/train/factors/FactorConfig.ts";

type Check = { readonly expected: string; readonly holds: (value: unknown) => boolean };

const CHECKS: Readonly<Record<keyof ModelConfig, Check>> = {
  fusion: oneOf(FUSIONS),
  shape: oneOf(["linear", "concave"]),
  relations: oneOf(["learned", "balanced"]),
  sources: {
    expected:
      'a list of sources such as {"name": "co-interaction", "kernels": [{"kind": "cosine", "share": 1}]}',
    holds: (value) => Array.isArray(value) && value.every(isSource),
  },
  factors: {
    expected: `null, or all of ${JSON.stringify(DEFAULT_FACTORS)}`,
    holds: (value) => value === null || isFactors(value),
  },
  neighbours: numberFrom(1, true),
  halfLife: { expected: "a number above 0, or null", holds: (value) => value === null || isAbove(value, 0) },
  entityDiscount: numberFrom(0),
  itemDiscount: numberFrom(0),
  reach: numberFrom(0),
  maxHistory: numberFrom(1, true),
  bits: { expected: "32 or 8", holds: (value) => value === 32 || value === 8 },
};

/** Problems of the settings that a training is asked to fix: unknown names, and values that cannot be. */
export function checkConfig(config: JSONObject): Problem[] {
  return Object.entries(config).flatMap(([name, value]) => {
    const check = CHECKS[name as keyof ModelConfig] as Check | undefined;
    const path = `config.${name}`;
    if (!check) return invalid(path, value, `a setting among ${Object.keys(DEFAULT_CONFIG).join(", ")}`);
    return check.holds(value) ? [] : invalid(path, value, check.expected);
  });
}

function oneOf(values: readonly string[]): Check {
  return {
    expected: `one of ${values.join(", ")}`,
    holds: (value) => typeof value === "string" && values.includes(value),
  };
}

function numberFrom(least: number, whole = false): Check {
  return {
    expected: `a ${whole ? "whole " : ""}number from ${least}`,
    holds: (value) => (value === least || isAbove(value, least)) && (!whole || Number.isInteger(value)),
  };
}

function isAbove(value: unknown, bound: number): boolean {
  return typeof value === "number" && Number.isFinite(value) && value > bound;
}

function isSource(value: unknown): boolean {
  const { name, kernels } = (value ?? {}) as { name?: unknown; kernels?: unknown };
  return typeof name === "string" && Array.isArray(kernels) && kernels.length > 0 && kernels.every(isKernel);
}

function isFactors(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { ask, halfLife, ...numbers } = value as Record<string, unknown>;
  if (!["left-out", "next", "later"].includes(ask as string) || !(halfLife === null || isAbove(halfLife, 0)))
    return false;
  const expected = Object.keys(DEFAULT_FACTORS).filter((name) => name !== "ask" && name !== "halfLife");
  return expected.every((name) => numbers[name] === 0 || isAbove(numbers[name], 0));
}

function isKernel(value: unknown): boolean {
  const { kind, share } = (value ?? {}) as { kind?: unknown; share?: unknown };
  return ["cosine", "walk", "ease", "next"].includes(kind as string) && isAbove(share, 0);
}
