import { use } from "react";
import { AppLink } from "../../shell/app-link.tsx";
import { RecorderContext } from "../../transport/recorder-context.ts";
import classes from "./more-cards.module.css";

/** What else there is to see, each with a way to it. */
export function MoreCards() {
  const recorder = use(RecorderContext);
  return (
    <ul aria-label="More to see" className={classes.cards}>
      <li className={classes.card} data-hue="ochre">
        <AppLink href="/streams" className={classes.link}>
          Streams
        </AppLink>
        <p className={classes.text}>The four kinds of call side by side, each message on its own line of time.</p>
      </li>
      <li className={classes.card} data-hue="lapis">
        <AppLink href="/explorer" className={classes.link}>
          Explorer
        </AppLink>
        <p className={classes.text}>Every method that the server describes, with a form for its message.</p>
      </li>
      <li className={classes.card} data-hue="vermilion">
        <AppLink href="/operations" className={classes.link}>
          Operations
        </AppLink>
        <p className={classes.text}>How the server is right now: what stands out comes first.</p>
      </li>
      {recorder !== undefined && (
        <li className={classes.card} data-hue="verdigris">
          <button type="button" className={classes.link} onClick={() => recorder.setOpen(true)}>
            Wire
          </button>
          <p className={classes.text}>What the calls of this page send and receive, frame by frame.</p>
        </li>
      )}
    </ul>
  );
}
