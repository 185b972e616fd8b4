import classes from "./palette.module.css";
import { shortcutsOf } from "./shortcuts.ts";

/** The keys of a page and what they do. */
export function ShortcutList({ path }: { readonly path: string }) {
  return (
    <div className={classes.shortcuts}>
      <h2 className={classes.heading}>Shortcuts of this page</h2>
      <dl className={classes.keys}>
        {shortcutsOf(path).map(({ keys, does }) => (
          <div key={keys} className={classes.row}>
            <dt>
              <kbd className={classes.key}>{keys}</kbd>
            </dt>
            <dd className={classes.does}>{does}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
