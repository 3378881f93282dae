/* Which questions fit the answers so far: the same rules as report/questions.py, for a phone without a network. Pure. */

const PICKED = new Set(["choice", "choices", "yes-no", "band"]);

/** Whether the options chosen so far meet the condition; an unanswered question meets none. */
export function holds(condition, chosen) {
  if (condition.question === undefined || condition.question === null) {
    if (condition.all && condition.all.length) return condition.all.every((part) => holds(part, chosen));
    return (condition.any || []).some((part) => holds(part, chosen));
  }
  const given = chosen[condition.question] || [];
  if (condition.any_of && condition.any_of.length) return condition.any_of.some((one) => given.includes(one));
  return given.length > 0 && !(condition.none_of || []).some((one) => given.includes(one));
}

/** The questions that fit the options chosen so far, in order. */
export function fitting(interview, chosen) {
  const seen = {};
  const found = [];
  for (const question of interview.questions) {
    if (question.ask_if && !holds(question.ask_if, seen)) continue;
    found.push(question);
    seen[question.id] = chosen[question.id] || [];
  }
  return found;
}

/** The options chosen, by question, out of the answers. */
export function chosenIn(answers) {
  const chosen = {};
  for (const [id, value] of Object.entries(answers)) if (Array.isArray(value)) chosen[id] = value;
  return chosen;
}

/** Whether an option that completes the report at once was chosen. */
export function sendsAtOnce(interview, chosen) {
  return interview.questions.some((question) => (question.options || []).some((option) => option.sends && (chosen[question.id] || []).includes(option.id)));
}

/** The answers to questions that fit, and the essential questions that have none. */
export function finished(interview, answers) {
  const chosen = chosenIn(answers);
  const asked = fitting(interview, chosen);
  const given = {};
  for (const question of asked) if (!isEmpty(answers[question.id])) given[question.id] = answers[question.id];
  const missing = sendsAtOnce(interview, chosen) ? [] : asked.filter((question) => question.essential && given[question.id] === undefined).map((question) => question.id);
  return { given, missing };
}

/** Whether the question is answered by tapping options. */
export function isPicked(question) {
  return PICKED.has(question.type);
}

function isEmpty(value) {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && Object.values(value).every(isEmpty);
}
