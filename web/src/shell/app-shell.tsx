import { type ReactNode, useEffect, useRef } from "react";
import { useLocation } from "wouter";
import { RecorderControl } from "../devtools/recorder-control.tsx";
import classes from "./app-shell.module.css";
import { BottomNavigation } from "./bottom-navigation.tsx";
import { Header } from "./header.tsx";
import { pageAt } from "./pages.ts";
import { ProtocolNote } from "./protocol-note.tsx";

/** What stands in the shell. */
export interface AppShellProps {
  /** The page. */
  readonly children: ReactNode;
  /** What stands at the foot of every page, before the way to the Wire panel. */
  readonly foot?: ReactNode;
}

/** What every page has around it: the way past it for the keyboard, the header, the navigation and the main landmark. */
export function AppShell({ children, foot }: AppShellProps) {
  const [path] = useLocation();
  const { hue, isWide } = pageAt(path) ?? {};
  const main = useRef<HTMLElement>(null);
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    // A navigation without a page load: focus and scrolling go where a page load would have put them.
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <>
      <a href="#main" className={classes.skip}>
        Skip to the content
      </a>
      <Header />
      <main id="main" ref={main} tabIndex={-1} className={classes.main} data-hue={hue} data-wide={isWide}>
        {children}
      </main>
      <footer className={classes.footer}>
        <ProtocolNote />
        {foot}
        <RecorderControl />
      </footer>
      <BottomNavigation />
    </>
  );
}
