import type { Code } from "@connectrpc/connect";
import classes from "./code-badge.module.css";
import { codeName } from "./code-name.ts";

/** The name of a status code, as developers know it, to stand beside a sentence for people. */
export function CodeBadge({ code }: { readonly code: Code }) {
  return <code className={classes.badge}>{codeName(code)}</code>;
}
