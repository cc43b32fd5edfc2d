import { type Atom, isWide, nameForm } from "./atoms.ts";
import type { NamedEntity } from "./types.ts";

/** An entity under one of its names. */
export interface NameEntry {
  readonly entity: NamedEntity;
  /** The name as the graph writes it. */
  readonly written: string;
  /** VARIANT: the name without its article. */
  readonly kind: "NAME" | "ALIAS" | "VARIANT";
}

/** The longest name that begins at an atom. */
export interface NameMatch {
  /** Atoms. */
  readonly length: number;
  readonly entries: readonly NameEntry[];
}

/**
 * The names of the graph, for finding them in texts: longest first, without case, accents and punctuation, and
 * without spaces where the script has none. Finding costs at most as many look-ups per atom as the longest name
 * that begins with it has atoms. Entities come and go one by one.
 */
export class Gazetteer {
  readonly #entries = new Map<string, NameEntry[]>();
  /** Atoms of the longest name by its first atom; never shrinks. */
  readonly #longest = new Map<string, number>();
  readonly #entities = new Map<string, NamedEntity>();
  readonly #itemsByType = new Map<string, number>();
  readonly #sizeByType = new Map<string, number>();

  constructor(entities: Iterable<NamedEntity> = []) {
    for (const entity of entities) this.set(entity);
  }

  get size(): number {
    return this.#entities.size;
  }

  entity(id: string): NamedEntity | undefined {
    return this.#entities.get(id);
  }

  entities(): Iterable<NamedEntity> {
    return this.#entities.values();
  }

  /** How many entities there are of each type. */
  get types(): ReadonlyMap<string, number> {
    return this.#sizeByType;
  }

  /** Tells whether any entity of the type may be recommended. */
  hasItems(type: string): boolean {
    return (this.#itemsByType.get(type) ?? 0) > 0;
  }

  /** Puts an entity in, in place of what it was before. */
  set(entity: NamedEntity): void {
    this.delete(entity.id);
    this.#entities.set(entity.id, entity);
    this.#count(entity, 1);
    for (const [form, entry] of formsOf(entity)) {
      const entries = this.#entries.get(form);
      if (entries) entries.push(entry);
      else this.#entries.set(form, [entry]);
      const [first] = form.split(" ", 1);
      const length = form.split(" ").length;
      if (length > (this.#longest.get(first) ?? 0)) this.#longest.set(first, length);
    }
  }

  delete(id: string): void {
    const entity = this.#entities.get(id);
    if (!entity) return;
    this.#entities.delete(id);
    this.#count(entity, -1);
    for (const [form] of formsOf(entity)) {
      const left = (this.#entries.get(form) ?? []).filter((entry) => entry.entity !== entity);
      if (left.length > 0) this.#entries.set(form, left);
      else this.#entries.delete(form);
    }
  }

  /** Finds what has exactly this name, whatever its case. */
  find(name: string): readonly NameEntry[] {
    return this.#entries.get(nameForm(name)) ?? [];
  }

  /** Finds the longest name that begins at `at`; null where there is none. */
  match(atoms: readonly Atom[], at: number): NameMatch | null {
    const longest = Math.min(this.#longest.get(atoms[at].norm) ?? 0, atoms.length - at);
    for (let length = longest; length > 0; length--) {
      let form = atoms[at].norm;
      for (let i = 1; i < length; i++) form += ` ${atoms[at + i].norm}`;
      const entries = this.#entries.get(form);
      if (entries) return { length, entries };
    }
    return null;
  }

  #count({ type, isItem }: NamedEntity, change: number): void {
    if (isItem) this.#itemsByType.set(type, (this.#itemsByType.get(type) ?? 0) + change);
    const size = (this.#sizeByType.get(type) ?? 0) + change;
    if (size > 0) this.#sizeByType.set(type, size);
    else this.#sizeByType.delete(type);
  }
}

/** The forms under which an entity is found, each once. */
function formsOf(entity: NamedEntity): Map<string, NameEntry> {
  const forms = new Map<string, NameEntry>();
  const add = (form: string, written: string, kind: NameEntry["kind"]) => {
    if (form !== "" && !forms.has(form)) forms.set(form, { entity, written, kind });
  };
  add(nameForm(entity.name), entity.name, "NAME");
  for (const alias of entity.aliases) add(nameForm(alias), alias, "ALIAS");
  for (const [form, { written }] of [...forms]) {
    const bare = /^(?:the|a|an) (.+)$/.exec(form)?.[1];
    if (bare && bare.length > 3 && !isWide(bare)) add(bare, written, "VARIANT");
  }
  return forms;
}
