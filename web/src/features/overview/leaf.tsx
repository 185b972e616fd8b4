import { type ReactNode, useId } from "react";
import type { Hue } from "../../components/panel.tsx";
import { AppLink } from "../../shell/app-link.tsx";
import classes from "./leaf.module.css";

/** One panel of the altarpiece. */
export interface LeafProps {
  readonly title: string;
  /** The page it leads to. */
  readonly href: string;
  readonly hue: Hue;
  /** Which shape it has on a wide screen. */
  readonly place: "left" | "centre" | "right";
  readonly icon: ReactNode;
  readonly children: ReactNode;
}

/** A panel of the altarpiece: its painted crown, the name of a service that leads to its page, and a glimpse of it. */
export function Leaf({ title, href, hue, place, icon, children }: LeafProps) {
  const headingId = useId();
  return (
    <section className={classes.leaf} data-hue={hue} data-place={place} aria-labelledby={headingId}>
      <div className={classes.crown} aria-hidden>
        {icon}
      </div>
      <div className={classes.body}>
        <h2 id={headingId} className={classes.title}>
          <AppLink href={href} className={classes.link}>
            {title}
          </AppLink>
        </h2>
        {children}
      </div>
    </section>
  );
}
