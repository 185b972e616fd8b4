import { useDocumentTitle } from "../hooks/use-document-title.ts";
import classes from "./page-header.module.css";

/** What stands at the top of a page. */
export interface PageHeaderProps {
  /** The page's one `h1`, and its title in the browser. */
  readonly title: string;
  /** One or two sentences on what the page is for. */
  readonly lede?: string;
  /** Whether the lede is left out on a narrow screen. */
  readonly wideLede?: boolean;
}

/** The heading of a page, which also names it in the browser's tab and history. */
export function PageHeader({ title, lede, wideLede = false }: PageHeaderProps) {
  useDocumentTitle(title);
  return (
    <header className={classes.header}>
      <div className={classes.text}>
        <h1 className={classes.title}>{title}</h1>
        {lede !== undefined && <p className={wideLede ? classes.wideLede : classes.lede}>{lede}</p>}
      </div>
    </header>
  );
}
