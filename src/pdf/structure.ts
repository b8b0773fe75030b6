import type { HeadingRole } from "#core/page/source.ts";
import { MOST_STRUCTURE_NODES } from "./limits.ts";

const ROLES: Readonly<Record<string, HeadingRole>> = {
  H: "h1",
  Title: "h1",
  H1: "h1",
  H2: "h2",
  H3: "h3",
  H4: "h4",
  H5: "h5",
  H6: "h6",
};

/** Marked-content id → role, for all that stands in a heading of the page's structure tree. */
export function toHeadingIds(root: unknown): Map<string, HeadingRole> {
  const roles = new Map<string, HeadingRole>();
  const open: [node: unknown, role: HeadingRole | undefined][] = [[root, undefined]];
  for (let seen = 0; seen < MOST_STRUCTURE_NODES; seen++) {
    const next = open.pop();
    if (next === undefined) break;
    const [node, outer] = next;
    if (typeof node !== "object" || node === null) continue;
    if ("id" in node && typeof node.id === "string" && outer !== undefined) roles.set(node.id, outer);
    const role = "role" in node && typeof node.role === "string" ? (ROLES[node.role] ?? outer) : outer;
    if ("children" in node && Array.isArray(node.children)) for (const child of node.children) open.push([child, role]);
  }
  return roles;
}
