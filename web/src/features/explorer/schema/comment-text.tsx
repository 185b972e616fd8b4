import { Fragment } from "react";

/** A comment of a contract, with what it writes between backticks as code. */
export function CommentText({ children }: { readonly children: string }) {
  // What stands between two backticks has an odd place.
  return children.split("`").map((part, place) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name.
    place % 2 === 1 ? <code key={place}>{part}</code> : <Fragment key={place}>{part}</Fragment>,
  );
}
