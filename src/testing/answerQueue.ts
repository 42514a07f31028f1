/** What is to be answered next, in the order in which it was ordered. */
export interface AnswerQueue<Answer> {
  /** Without `times` it holds until something else is ordered. */
  order(answer: Answer, times: number | undefined): void;
  /** The next answer; undefined where nothing is ordered. */
  take(): Answer | undefined;
}

export function createAnswerQueue<Answer>(): AnswerQueue<Answer> {
  const orders: { answer: Answer; left: number }[] = [];
  return {
    order(answer, times = Number.POSITIVE_INFINITY) {
      if (orders.at(-1)?.left === Number.POSITIVE_INFINITY) orders.pop();
      if (times > 0) orders.push({ answer, left: times });
    },
    take() {
      const first = orders[0];
      if (!first) return undefined;
      first.left -= 1;
      if (first.left <= 0) orders.shift();
      return first.answer;
    },
  };
}
