import { symbol, symbolCircle, symbolDiamond, symbolSquare, symbolTriangle } from "d3-shape";

const SHAPES = [symbolCircle, symbolSquare, symbolTriangle, symbolDiamond];

/** The mark of the line that comes as the `nth`. */
export const Mark = ({ nth, x, y }: { nth: number; x: number; y: number }) => (
  <path
    className="chart-mark"
    transform={`translate(${x} ${y})`}
    d={symbol(SHAPES[nth % SHAPES.length] ?? symbolCircle, 70)() ?? ""}
  />
);
