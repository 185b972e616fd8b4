/** A key of the keypad. */
export interface Key {
  /** What stands on it. */
  readonly label: string;
  /** What it is called. */
  readonly name: string;
  readonly tone: "digit" | "operator" | "function" | "command" | "equals";
  /** The text it puts into the expression, or what else it does. */
  readonly action: { readonly insert: string } | "clear" | "erase" | "equals";
}

/** How many keys stand in a row. */
export const keyColumns = 6;

const named = (name: string): Key => ({ label: name, name, tone: "function", action: { insert: `${name}(` } });
const digit = (label: string): Key => ({ label, name: label, tone: "digit", action: { insert: label } });
const operator = (label: string, name: string, insert = label): Key => ({
  label,
  name,
  tone: "operator",
  action: { insert },
});

/** The keys, row by row. */
export const keys: readonly Key[] = [
  ...["abs", "min", "max", "round", "floor", "ceil"].map(named),
  { ...named("sqrt"), label: "√", name: "square root" },
  operator("(", "opening parenthesis"),
  operator(")", "closing parenthesis"),
  operator(",", "comma"),
  { label: "C", name: "clear", tone: "command", action: "clear" },
  { label: "⌫", name: "backspace", tone: "command", action: "erase" },
  { ...named("ln"), name: "ln, natural logarithm" },
  ...["7", "8", "9"].map(digit),
  operator("÷", "divided by", "/"),
  operator("^", "to the power of"),
  { ...named("log"), name: "log, base 10" },
  ...["4", "5", "6"].map(digit),
  operator("×", "times", "*"),
  operator("!", "factorial"),
  { ...named("exp"), name: "exp, power of e" },
  ...["1", "2", "3"].map(digit),
  operator("−", "minus", "-"),
  operator("%", "modulo"),
  { label: "π", name: "pi", tone: "function", action: { insert: "pi" } },
  { label: "e", name: "e", tone: "function", action: { insert: "e" } },
  digit("0"),
  { label: ".", name: "decimal point", tone: "digit", action: { insert: "." } },
  operator("+", "plus"),
  { label: "=", name: "equals", tone: "equals", action: "equals" },
];
