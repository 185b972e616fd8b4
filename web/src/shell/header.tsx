import { ReaderMenu } from "../reader/reader-menu.tsx";
import { AppLink } from "./app-link.tsx";
import { ColorSchemeButton } from "./color-scheme-button.tsx";
import classes from "./header.module.css";
import { Logo } from "./logo.tsx";
import { NavigationLink } from "./navigation-link.tsx";
import { navigationPages } from "./pages.ts";
import { ProtocolSwitch } from "./protocol-switch.tsx";

/** The header: the name, the navigation on wide screens, the protocol, the reader and the colour scheme. */
export function Header() {
  return (
    <header className={classes.header}>
      <div className={classes.bar}>
        <AppLink href="/" className={classes.brand}>
          <Logo size={26} />
          <span>Triptych</span>
        </AppLink>
        <nav className={classes.navigation} aria-label="Pages">
          {navigationPages.slice(1).map((page) => (
            <NavigationLink key={page.path} page={page} className={classes.link} />
          ))}
        </nav>
        <div className={classes.protocol}>
          <ProtocolSwitch />
        </div>
        <div className={classes.tools}>
          <ReaderMenu />
          <ColorSchemeButton />
        </div>
      </div>
    </header>
  );
}
