import { type ReactNode, useId } from "react";
import classes from "./panel.module.css";

/** The pigment of a panel: lapis is the calculator's, vermilion the greeter's, verdigris the books', ochre the streams'. */
export type Hue = "lapis" | "vermilion" | "verdigris" | "ochre";

/** A part of a page. */
export interface PanelProps {
  /** Its heading, an `h2`, which also names it to assistive technology. */
  readonly title: string;
  /** Its colour; that of the page where absent. */
  readonly hue?: Hue;
  /** What stands at the end of the heading's line, such as a `LiveStatus`. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A card with a heading and the colour of its page along the top: a named region. */
export function Panel({ title, hue, aside, children }: PanelProps) {
  const headingId = useId();
  return (
    <section className={classes.panel} aria-labelledby={headingId} data-hue={hue}>
      <div className={classes.head}>
        <h2 id={headingId} className={classes.title}>
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
