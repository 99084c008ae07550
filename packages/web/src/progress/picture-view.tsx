import type { Picture, Shape, Spot } from "@trellis/domain/progress/picture";

const places = (points: readonly Spot[]) => points.map(([x, y]) => `${Math.round(x * 100) / 100},${Math.round(y * 100) / 100}`).join(" ");

/** A picture as SVG. What it shows is said in words to those who do not see it, and a table beside it has every number. */
export function PictureView({ picture, fontFamily }: { readonly picture: Picture; readonly fontFamily?: string }) {
  const { width, height } = picture;
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={picture.words}
      {...(fontFamily === undefined ? {} : { fontFamily })}
    >
      {picture.shapes.map((shape, index) => (
        <ShapeView key={index} shape={shape} />
      ))}
    </svg>
  );
}

function ShapeView({ shape }: { readonly shape: Shape }) {
  switch (shape.kind) {
    case "area":
      return <polygon points={places(shape.points)} fill={shape.fill} />;
    case "line":
      return (
        <polyline
          points={places(shape.points)}
          fill="none"
          stroke={shape.stroke}
          strokeWidth={shape.width}
          strokeLinejoin="round"
          {...(shape.dash.length > 0 && { strokeDasharray: shape.dash.join(" ") })}
        />
      );
    case "dot":
      return (
        <circle cx={shape.at[0]} cy={shape.at[1]} r={shape.r} fill={shape.fill} stroke={shape.stroke} strokeWidth={shape.r > 4 ? 2.5 : 1.5}>
          {shape.says !== "" && <title>{shape.says}</title>}
        </circle>
      );
    case "words":
      return (
        <text
          x={shape.at[0]}
          y={shape.at[1]}
          fontSize={shape.size}
          textAnchor={shape.anchor}
          fill={shape.fill}
          {...(shape.bold && { fontWeight: 650 })}
          {...(shape.halo && { stroke: "#ffffffcc", strokeWidth: 3, strokeLinejoin: "round", paintOrder: "stroke" })}
        >
          {shape.text}
        </text>
      );
  }
}
