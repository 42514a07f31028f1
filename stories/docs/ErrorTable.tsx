import { UpsolveTenantError } from 'react-upsolve-tenant';
import { ERROR_CODES } from '../../src/core/errors';
import { DEFAULT_LABELS } from '../../src/react/guard/labels';

/** Every code, from the code itself. */
export function ErrorTable() {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Code</th>
          <th scope="col">What happened</th>
          <th scope="col">Asked again by itself</th>
          <th scope="col">What the user reads by default</th>
        </tr>
      </thead>
      <tbody>
        {ERROR_CODES.map((code) => {
          const { message, retryable } = new UpsolveTenantError(code);
          return (
            <tr key={code}>
              <th scope="row">
                <code>{code}</code>
              </th>
              <td>{message}</td>
              <td>{retryable ? 'yes' : 'no'}</td>
              <td>{DEFAULT_LABELS.errors[code]}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
