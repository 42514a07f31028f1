import { createElement as h } from 'react';
import {
  Area,
  AreaChart,
  Bar,
  BarChart,
  CartesianGrid,
  Legend,
  Line,
  LineChart,
  Pie,
  PieChart,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { useLooks } from './looks.js';

const CHARTS = { area: [AreaChart, Area], bar: [BarChart, Bar], line: [LineChart, Line] };

/** Rows of {name, value} as a picture; what it shows is also in its label. */
export function Chart({ kind, rows, width, height, title, format }) {
  const looks = useLooks();
  const label = `${title}: ${rows.map(({ name, value }) => `${name} ${format(value)}`).join(', ')}`;
  const tooltip = h(Tooltip, {
    formatter: (value) => [format(value), null],
    contentStyle: { background: looks.card, border: `1px solid ${looks.line}`, color: looks.ink, borderRadius: 8 },
    itemStyle: { color: looks.ink },
    cursor: { fill: looks.soft, stroke: looks.line },
  });
  return h('div', { role: 'img', 'aria-label': label }, kind === 'pie' ? pie() : cartesian());

  function pie() {
    return h(
      PieChart,
      { width, height, accessibilityLayer: false },
      h(Pie, {
        data: rows.map((row, index) => ({ ...row, fill: looks.series[index % looks.series.length] })),
        dataKey: 'value',
        nameKey: 'name',
        innerRadius: '55%',
        outerRadius: '88%',
        stroke: looks.card,
        isAnimationActive: false,
      }),
      tooltip,
      h(Legend, {
        verticalAlign: 'bottom',
        iconSize: 10,
        wrapperStyle: { fontSize: 13 },
        formatter: (name) => h('span', { style: { color: looks.ink } }, name),
      }),
    );
  }

  function cartesian() {
    const [Frame, Series] = CHARTS[kind];
    const color = looks.series[0];
    const axis = { tick: { fill: looks.quiet, fontSize: 12 }, tickLine: false, axisLine: { stroke: looks.line } };
    return h(
      Frame,
      { data: rows, width, height, margin: { top: 6, right: 6, bottom: 0, left: 0 }, accessibilityLayer: false },
      h(CartesianGrid, { vertical: false, stroke: looks.line }),
      h(XAxis, { dataKey: 'name', ...axis, interval: 'preserveStartEnd', minTickGap: 8 }),
      h(YAxis, { ...axis, axisLine: false, width: 52, tickFormatter: format }),
      tooltip,
      h(Series, {
        dataKey: 'value',
        type: 'monotone',
        stroke: color,
        strokeWidth: kind === 'bar' ? 0 : 2,
        fill: kind === 'bar' ? color : looks.soft,
        radius: kind === 'bar' ? [4, 4, 0, 0] : undefined,
        dot: false,
        isAnimationActive: false,
      }),
    );
  }
}
