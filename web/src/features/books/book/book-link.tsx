import type { ReactNode } from "react";
import { AppLink } from "../../../shell/app-link.tsx";
import { pageAt } from "../../../shell/pages.ts";
import classes from "./book-link.module.css";

/** Which book to link to. */
export interface BookLinkProps {
  readonly id: number;
  /** Its title. */
  readonly children: ReactNode;
}

/** The address of the page of a book. */
export function bookAddress(id: number): string {
  return `/books/${id}`;
}

const preload = () => void pageAt(bookAddress(0))?.preload();

/** The title of a book, which leads to its page. Pointing at it or focusing it loads the page. */
export function BookLink({ id, children }: BookLinkProps) {
  return (
    <AppLink href={bookAddress(id)} className={classes.link} onPointerEnter={preload} onFocus={preload}>
      {children}
    </AppLink>
  );
}
