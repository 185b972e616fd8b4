import classes from "./bottom-navigation.module.css";
import { NavigationLink } from "./navigation-link.tsx";
import { navigationPages } from "./pages.ts";

/** The navigation of small screens, where the thumb is. */
export function BottomNavigation() {
  return (
    <nav className={classes.bar} aria-label="Pages">
      {navigationPages.map((page) => (
        <NavigationLink
          key={page.path}
          page={page}
          className={classes.link}
          icon={<page.icon aria-hidden size={22} stroke={1.6} />}
        />
      ))}
    </nav>
  );
}
