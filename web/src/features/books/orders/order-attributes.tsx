import classes from "./order-attributes.module.css";

const mostShown = 4;
const longestText = 120;

/** What else a client said with an order: the first entries by name, each cut to a line or two, and how many more. */
export function OrderAttributes({ attributes }: { readonly attributes: Readonly<Record<string, string>> }) {
  const entries = Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length === 0) return null;
  const more = entries.length - mostShown;
  return (
    <dl className={classes.list}>
      {entries.slice(0, mostShown).map(([name, value]) => (
        <div key={name} className={classes.entry}>
          <dt dir="auto">{cut(name)}</dt>
          <dd dir="auto">{cut(value)}</dd>
        </div>
      ))}
      {more > 0 && (
        <div className={classes.entry}>
          <dt>and</dt>
          <dd>{more} more</dd>
        </div>
      )}
    </dl>
  );
}

function cut(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}
