import { decodeJwt } from 'jose';
import { useState } from 'react';
import { fingerprint } from '@upsolve/dashboard/fingerprint';
import { tenantData, type TenantData } from '@upsolve/dashboard/tenantData';

const number = new Intl.NumberFormat('en');
const largest = (rows: { name: string; revenue: number }[]): string =>
  `${rows[0]?.name}, EUR ${number.format(rows[0]?.revenue ?? 0)}`;

const ANSWERS: Record<string, (data: TenantData) => string> = {
  'How was the year?': ({ totals }) =>
    `EUR ${number.format(totals.revenue)} from ${number.format(totals.orders)} orders.`,
  'Which plan sells best?': ({ plans }) => largest(plans),
  'Which channel is strongest?': ({ channels }) => largest(channels),
};

/** A conversation that lives in this page only, so that a reload ends it: why a chat is handed over late. */
export function SharedChat({ token }: { token: string }) {
  const { data } = decodeJwt<{ data: { displayName: string } }>(token);
  const [asked, setAsked] = useState<string[]>([]);
  const figures = tenantData(data.displayName);
  return (
    <div className="chat">
      <h2>Ask about {data.displayName}</h2>
      <p className="quiet">
        token <code>{fingerprint(token)}</code>
      </p>
      <ol aria-live="polite">
        {asked.map((question, index) => (
          <li key={index}>
            <p className="question">{question}</p>
            <p className="answer">{ANSWERS[question]?.(figures)}</p>
          </li>
        ))}
      </ol>
      <div className="questions">
        {Object.keys(ANSWERS).map((question) => (
          <button key={question} type="button" onClick={() => setAsked((before) => [...before, question])}>
            {question}
          </button>
        ))}
      </div>
    </div>
  );
}
