import "./factors.css";
import qrcode from "qrcode-generator";
import { useMemo } from "react";

const QUIET = 4;

/** A square code that a camera reads, as one path: always dark on white, whatever the theme. */
export const QrCode = ({ text, label }: { text: string; label: string }) => {
  const { path, side } = useMemo(() => {
    const code = qrcode(0, "M");
    code.addData(text);
    code.make();
    const count = code.getModuleCount();
    const all = Array.from({ length: count * count }, (_, at) => [Math.floor(at / count), at % count] as const);
    const dark = all.filter(([row, column]) => code.isDark(row, column));
    return {
      path: dark.map(([row, column]) => `M${column + QUIET} ${row + QUIET}h1v1h-1z`).join(""),
      side: count + 2 * QUIET,
    };
  }, [text]);
  return (
    <svg className="qr" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
};
