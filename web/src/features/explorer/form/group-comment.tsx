import { CommentText } from "../schema/comment-text.tsx";
import classes from "./controls.module.css";

/** What the contract says of a group of controls, or of one that is not there; nothing where it says nothing. */
export function GroupComment({ text }: { readonly text: string | undefined }) {
  return text === undefined ? null : (
    <p className={classes.comment}>
      <CommentText>{text}</CommentText>
    </p>
  );
}
