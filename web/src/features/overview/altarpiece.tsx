import { IconBooks, IconMathFunction, IconMessageHeart } from "@tabler/icons-react";
import classes from "./altarpiece.module.css";
import { BooksGlimpse } from "./books-glimpse.tsx";
import { CalculatorGlimpse } from "./calculator-glimpse.tsx";
import { GreeterGlimpse } from "./greeter-glimpse.tsx";
import { Leaf } from "./leaf.tsx";

/** The three services as the three panels of an altarpiece: on a wide screen hinged, with the wings opening once. */
export function Altarpiece() {
  return (
    <div className={classes.altarpiece}>
      <Leaf
        title="Calculator"
        href="/calculator"
        hue="lapis"
        place="left"
        icon={<IconMathFunction size={30} stroke={1.4} />}
      >
        <CalculatorGlimpse />
      </Leaf>
      <Leaf
        title="Greeter"
        href="/greeter"
        hue="vermilion"
        place="centre"
        icon={<IconMessageHeart size={34} stroke={1.4} />}
      >
        <GreeterGlimpse />
      </Leaf>
      <Leaf title="Books" href="/books" hue="verdigris" place="right" icon={<IconBooks size={30} stroke={1.4} />}>
        <BooksGlimpse />
      </Leaf>
    </div>
  );
}
