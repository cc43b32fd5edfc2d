import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  type SelectionSetNode,
} from "graphql";
import type { Variables } from "./readArgument.ts";

const MOST_STEPS = 50_000;

/** The selections of one request as execution merges them: each fragment once per place, equal fields as one. */
export class Selections {
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly numbers = new Map<SelectionSetNode, number>();
  private steps = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly variables: Variables,
  ) {
    for (const definition of document.definitions) {
      if (definition.kind === "FragmentDefinition") this.fragments.set(definition.name.value, definition);
    }
  }

  /** Whether so much was read that the rest is not worth it: whoever asks this much is over every limit. */
  get exhausted(): boolean {
    return this.steps > MOST_STEPS;
  }

  /** Equal for sets that are made of the same parts. */
  keyOf(sets: readonly SelectionSetNode[]): string {
    return sets.map((set) => this.numberOf(set)).join(",");
  }

  /** The fields that an object of `type` is asked for, by the name in the answer. */
  collect(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): Map<string, FieldNode[]> {
    const fields = new Map<string, FieldNode[]>();
    const spread = new Set<string>();
    for (const set of sets) this.add(type, set, { fields, spread });
    return fields;
  }

  private add(
    type: GraphQLObjectType,
    { selections }: SelectionSetNode,
    found: { readonly fields: Map<string, FieldNode[]>; readonly spread: Set<string> },
  ): void {
    for (const selection of selections) {
      if (++this.steps > MOST_STEPS) return;
      if (selection.directives?.length && !this.isIncluded(selection)) continue;
      if (selection.kind === "Field") {
        const name = (selection.alias ?? selection.name).value;
        const known = found.fields.get(name);
        if (known) known.push(selection);
        else found.fields.set(name, [selection]);
        continue;
      }
      const isSpread = selection.kind === "FragmentSpread";
      if (isSpread && found.spread.has(selection.name.value)) continue;
      if (isSpread) found.spread.add(selection.name.value);
      const part = isSpread ? this.fragments.get(selection.name.value) : selection;
      if (part && this.applies(part.typeCondition?.name.value, type))
        this.add(type, part.selectionSet, found);
    }
  }

  private isIncluded(selection: Parameters<typeof getDirectiveValues>[1]): boolean {
    if (getDirectiveValues(GraphQLSkipDirective, selection, this.variables)?.if === true) return false;
    return getDirectiveValues(GraphQLIncludeDirective, selection, this.variables)?.if !== false;
  }

  private applies(condition: string | undefined, type: GraphQLObjectType): boolean {
    if (condition === undefined || condition === type.name) return true;
    const named = this.schema.getType(condition);
    return isAbstractType(named) && this.schema.isSubType(named, type);
  }

  private numberOf(set: SelectionSetNode): number {
    const known = this.numbers.get(set);
    if (known !== undefined) return known;
    this.numbers.set(set, this.numbers.size);
    return this.numbers.size - 1;
  }
}
