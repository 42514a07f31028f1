import { api, type ApiSubject } from 'virtual:api';
import { Prose } from './Prose';

/** Name, type, default and meaning of each prop, option or field: made from the doc comments of the exported types. */
export function ApiTable({ of, label, defaults }: { of: ApiSubject; label: string; defaults?: object }) {
  const texts = Object.entries(defaults ?? {}).filter(([, text]) => typeof text === 'string');
  const fallbacks = new Map<string, string>(texts);
  const rows = api[of].toSorted((a, b) => Number(b.isRequired) - Number(a.isRequired));
  const isResult = of.startsWith('use') || of === 'slot';
  return (
    <div className="wide" role="group" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Type</th>
            {!isResult && <th scope="col">Default</th>}
            <th scope="col">Description</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, type, isRequired, fallback = fallbacks.get(name), describes }) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
                {!isResult && isRequired && <span className="required">required</span>}
              </th>
              <td>
                <code className="type">{type}</code>
              </td>
              {!isResult && <td>{fallback === undefined ? '–' : <Prose text={fallback} />}</td>}
              <td>
                <Prose text={describes} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
