import { Mark } from "./Mark";

/** Which line is which. */
export const LineKey = ({ names }: { names: readonly string[] }) => (
  <ul className="chart-key">
    {names.map((name, nth) => (
      <li key={name}>
        <svg width={36} height={16} aria-hidden className={`chart chart-line-${nth % 4}`}>
          <path className="chart-line" d="M0 8H36" />
          <Mark nth={nth} x={18} y={8} />
        </svg>
        {name}
      </li>
    ))}
  </ul>
);
