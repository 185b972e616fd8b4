import {
  IconArrowsDiff,
  IconBooks,
  IconCompass,
  IconHome,
  IconMathFunction,
  IconMessageHeart,
  type TablerIcon,
} from "@tabler/icons-react";
import classes from "./bottom-navigation.module.css";
import { NavigationLink } from "./navigation-link.tsx";
import { pages } from "./pages.ts";

const icons: Readonly<Record<string, TablerIcon>> = {
  "/": IconHome,
  "/calculator": IconMathFunction,
  "/greeter": IconMessageHeart,
  "/books": IconBooks,
  "/streams": IconArrowsDiff,
  "/explorer": IconCompass,
};

/** The navigation of small screens, where the thumb is. */
export function BottomNavigation() {
  return (
    <nav className={classes.bar} aria-label="Pages">
      {pages.map((page) => {
        const Icon = icons[page.path] ?? IconHome;
        return (
          <NavigationLink
            key={page.path}
            page={page}
            className={classes.link}
            icon={<Icon aria-hidden size={22} stroke={1.6} />}
          />
        );
      })}
    </nav>
  );
}
