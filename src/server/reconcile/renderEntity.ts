import type { EntityPage, PropertyValue } from "../../reader/reconcile/types.ts";
import { escapeHtml } from "./escapeHtml.ts";

/** Size of the frame that a preview is shown in, in pixels. */
export const PREVIEW = { width: 400, height: 260 };
const STYLE =
  "body{font:14px/1.4 system-ui,sans-serif;margin:12px;color:#222}h1{font-size:17px;margin:0}" +
  "p{margin:4px 0 8px}small{color:#666}table{border-collapse:collapse}th{font-weight:normal;color:#666;text-align:left;" +
  "vertical-align:top;padding:1px 12px 1px 0;white-space:nowrap}td{padding:1px 0}";

/** Renders a page about an entity: HTML without scripts, all of the graph's texts escaped. */
export function renderEntity({ entity, description, properties }: EntityPage): string {
  const { name, type, key, year } = entity;
  const rows = properties.map(
    (property) => `<tr><th>${escapeHtml(property.name)}</th><td>${renderValues(property)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(name)}</title><style>${STYLE}</style></head>
<body><h1>${escapeHtml(name)}</h1>
<small>${escapeHtml([type, year ?? [], key].flat().join(" · "))}</small>
<p>${escapeHtml(description ?? "")}</p>
<table>${rows.join("\n")}</table></body></html>
`;
}

function renderValues({ values, more }: EntityPage["properties"][number]): string {
  const told = values.map(renderValue).join(", ");
  return more > 0 ? `${told} <small>and ${more} more</small>` : told;
}

function renderValue(value: PropertyValue): string {
  if (!("key" in value)) return escapeHtml(String(value.literal));
  return `<a href="view?id=${escapeHtml(encodeURIComponent(value.key))}" target="_blank">${escapeHtml(value.name)}</a>`;
}
