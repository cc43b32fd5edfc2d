import type { KernelConfig, ModelConfig, SourceConfig } from "../model.ts";
import type { Tf } from "../tf.ts";
import { canInvert } from "./easeKernel.ts";
import { DEFAULT_FACTORS, type FactorConfig } from "./factors/FactorConfig.ts";
import { canFactor } from "./factors/fitFactors.ts";
import type { ItemSpace } from "./itemSpace.ts";
import { canWalk } from "./walkKernel.ts";

/** One setting of the search: the name of what it changes, and the changes that are tried. */
export interface Setting {
  readonly name: keyof ModelConfig;
  readonly tries: readonly ((config: ModelConfig) => ModelConfig)[];
}

/** The settings in the order of the search. Those that `fixed` names are left alone. */
export function listSettings(
  space: ItemSpace,
  fixed: Partial<ModelConfig> = {},
  tf: Tf | null = null,
): Setting[] {
  const settings: Setting[] = [{ name: "sources", tries: listKernels(space).map(useKernel) }];
  if (space.ordered) {
    settings.push(
      {
        name: "halfLife",
        tries: [null, 3, 5, 30].map((halfLife) => (config) => ({ ...config, halfLife })),
      },
      { name: "sources", tries: NEXT.map(addSource) },
    );
  }
  if (tf && canFactor(tf, space)) {
    settings.push({
      name: "factors",
      tries: listFactors(space).map((factors) => (config) => ({ ...config, factors })),
    });
  }
  settings.push(
    { name: "relations", tries: [(config) => ({ ...config, relations: "balanced" })] },
    {
      name: "itemDiscount",
      tries: [0.25, 0].map((itemDiscount) => (config) => ({ ...config, itemDiscount })),
    },
    {
      name: "entityDiscount",
      tries: [0.25, 0.75, 1].map((entityDiscount) => (config) => ({ ...config, entityDiscount })),
    },
    { name: "reach", tries: [0.3, 1].map((reach) => (config) => ({ ...config, reach })) },
  );
  return settings.filter(({ name }) => !(name in fixed));
}

function listFactors({ ordered }: ItemSpace): FactorConfig[] {
  const leftOut = [1, 0.3].map((decay) => ({ ...DEFAULT_FACTORS, decay }));
  return ordered
    ? [
        { ...DEFAULT_FACTORS, ask: "next", halfLife: 5, decay: 0.1 },
        { ...DEFAULT_FACTORS, ask: "later", halfLife: 50, decay: 0.3 },
      ]
    : leftOut;
}

function listKernels(space: ItemSpace): KernelConfig[] {
  const kernels: KernelConfig[] = [{ kind: "cosine", discount: 0.4, share: 1 }];
  if (canWalk(space)) kernels.push({ kind: "walk", discount: 0.25, share: 1 });
  if (canInvert(space)) {
    kernels.push({ kind: "ease", ridge: 30, emphasis: 1, share: 1 }, { kind: "ease", ridge: 100, share: 1 });
  }
  return kernels;
}

/** What comes next, as a source of its own: it looks at the newest items more than likeness does. */
const NEXT: readonly SourceConfig[] = [
  [0.4, 3],
  [0.5, 3],
  [0.4, 1],
].map(([discount, halfLife]) => ({
  name: "next",
  kernels: [{ kind: "next", discount, share: 1 }],
  halfLife,
}));

function useKernel(kernel: KernelConfig): (config: ModelConfig) => ModelConfig {
  return (config) => {
    const [first, ...rest] = config.sources;
    return { ...config, sources: [{ ...first, kernels: [kernel] }, ...rest] };
  };
}

function addSource(source: SourceConfig): (config: ModelConfig) => ModelConfig {
  return (config) => ({
    ...config,
    sources: [...config.sources.filter(({ name }) => name !== source.name), source],
  });
}
