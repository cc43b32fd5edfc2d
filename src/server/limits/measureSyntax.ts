import type { DocumentNode, FragmentDefinitionNode, SelectionSetNode } from "graphql";

/** What is counted in a document before it is validated: validating takes the longer the more there is of it. */
export interface Syntax {
  /** Fields inside each other, those of fragments included. */
  readonly depth: number;
  /** Aliases, and further selections of a field that is selected already. */
  readonly aliases: number;
  /** Of the largest operation, each fragment once. */
  readonly rootFields: number;
  readonly directives: number;
  readonly fragments: number;
}

/** Counts all of it in one walk; each fragment is read once, so the time is that of reading the document. */
export function measureSyntax(document: DocumentNode, deepest: number): Syntax {
  return new Measurement(document, deepest).measure();
}

class Measurement {
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly depths = new Map<string, number>();
  private aliases = 0;
  private directives = 0;

  /** `deepest` bounds the walk: it goes no further down than that. */
  constructor(
    private readonly document: DocumentNode,
    private readonly deepest: number,
  ) {
    for (const definition of document.definitions) {
      if (definition.kind === "FragmentDefinition") this.fragments.set(definition.name.value, definition);
    }
  }

  measure(): Syntax {
    let [depth, rootFields] = [0, 0];
    for (const definition of this.document.definitions) {
      if (!("selectionSet" in definition)) continue;
      this.directives += definition.directives?.length ?? 0;
      if (definition.kind === "FragmentDefinition") {
        depth = Math.max(depth, this.depthOfFragment(definition.name.value, 0));
        continue;
      }
      for (const variable of definition.variableDefinitions ?? []) {
        this.directives += variable.directives?.length ?? 0;
      }
      depth = Math.max(depth, this.depthOf(definition.selectionSet, 0));
      rootFields = Math.max(rootFields, this.countFields(definition.selectionSet, new Set()));
    }
    const { aliases, directives, fragments } = this;
    return { depth, rootFields, aliases, directives, fragments: fragments.size };
  }

  private depthOf({ selections }: SelectionSetNode, level: number): number {
    if (level > this.deepest * 2) return level; // inline fragments and spreads count too, but only here
    const names = new Set<string>();
    let depth = 0;
    for (const selection of selections) {
      this.directives += selection.directives?.length ?? 0;
      if (selection.kind === "FragmentSpread") {
        depth = Math.max(depth, this.depthOfFragment(selection.name.value, level + 1));
      } else if (selection.kind === "InlineFragment") {
        depth = Math.max(depth, this.depthOf(selection.selectionSet, level + 1));
      } else {
        const name = (selection.alias ?? selection.name).value;
        if (selection.alias || names.has(name)) this.aliases++;
        names.add(name);
        depth = Math.max(
          depth,
          1 + (selection.selectionSet ? this.depthOf(selection.selectionSet, level + 1) : 0),
        );
      }
    }
    return depth;
  }

  private depthOfFragment(name: string, level: number): number {
    const known = this.depths.get(name);
    if (known !== undefined) return known;
    this.depths.set(name, 0); // a cycle, which validation refuses, ends here
    const fragment = this.fragments.get(name);
    const depth = fragment ? this.depthOf(fragment.selectionSet, level) : 0;
    this.depths.set(name, depth);
    return depth;
  }

  private countFields({ selections }: SelectionSetNode, spread: Set<string>): number {
    let count = 0;
    for (const selection of selections) {
      if (selection.kind === "Field") count++;
      else if (selection.kind === "InlineFragment") count += this.countFields(selection.selectionSet, spread);
      else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        const fragment = this.fragments.get(selection.name.value);
        count += fragment ? this.countFields(fragment.selectionSet, spread) : 0;
      }
    }
    return count;
  }
}
