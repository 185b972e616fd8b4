import { IconSearch } from "@tabler/icons-react";
import { type RefObject, useEffect, useState } from "react";
import classes from "./back-to-search.module.css";

/** What to go back to. */
export interface BackToSearchProps {
  /** The fields to search with, of which the first takes the focus. */
  readonly filters: RefObject<HTMLElement | null>;
}

/** Goes back to the search from far down the catalogue; there only while the search is out of sight. */
export function BackToSearch({ filters }: BackToSearchProps) {
  const [away, setAway] = useState(false);
  useEffect(() => {
    if (filters.current === null || typeof IntersectionObserver === "undefined") return;
    const observer = new IntersectionObserver((entries) => setAway(entries.at(-1)?.isIntersecting === false));
    observer.observe(filters.current);
    return () => observer.disconnect();
  }, [filters]);
  if (!away) return null;
  return (
    <div className={classes.place}>
      <button
        type="button"
        className={classes.button}
        aria-label="Back to the search"
        onClick={() => filters.current?.querySelector("input")?.focus()}
      >
        <IconSearch aria-hidden size={18} />
      </button>
    </div>
  );
}
