// What OpenAI's own client makes of the simulator's answers.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import OpenAI, { APIError, AuthenticationError, NotFoundError, PermissionDeniedError, RateLimitError } from 'openai';
import { keys, startSimulator } from '../support/simulator.mjs';

let simulator;
before(async () => { simulator = await startSimulator(); });
after(() => simulator?.stop());

const client = (key = keys.openai) => new OpenAI({ apiKey: key, baseURL: `${simulator.origin}/v1`, maxRetries: 0 });
const ask = (content, more = {}) => ({ model: 'gpt-5.5', messages: [{ role: 'user', content }], ...more });
const tools = [{
  type: 'function',
  function: { name: 'add', description: 'adds', parameters: { type: 'object', properties: { input: { type: 'string' } } } },
}];

test('chat', async () => {
  const { data, request_id: id } = await client().chat.completions.create(ask('hello')).withResponse();
  assert.equal(data.object, 'chat.completion');
  assert.equal(data.choices[0].message.content, 'gpt-5.5 (simulated) heard: hello');
  assert.equal(data.choices[0].message.role, 'assistant');
  assert.equal(data.choices[0].finish_reason, 'stop');
  assert.equal(data.usage.total_tokens, data.usage.prompt_tokens + data.usage.completion_tokens);
  assert.match(id, /^req_/);
});

test('a stream, with its usage in the last chunk', async () => {
  const stream = client().chat.completions.stream(ask('one two three', { stream_options: { include_usage: true } }));
  const pieces = [];
  stream.on('content', (delta) => pieces.push(delta));
  const whole = await stream.finalChatCompletion();
  assert.equal(whole.choices[0].message.content, 'gpt-5.5 (simulated) heard: one two three');
  assert.equal(pieces.join(''), whole.choices[0].message.content);
  assert.ok(pieces.length > 3);
  assert.ok((await stream.totalUsage()).completion_tokens > 0);
});

test('a tool call and its result, whole and streamed', async () => {
  const first = await client().chat.completions.create(ask('add [sim:tool]', { tools }));
  const call = first.choices[0].message.tool_calls[0];
  assert.equal(first.choices[0].finish_reason, 'tool_calls');
  assert.equal(call.function.name, 'add');
  assert.deepEqual(JSON.parse(call.function.arguments), { input: 'add [sim:tool]' });
  const streamed = await client().chat.completions.stream(ask('add [sim:tool]', { tools })).finalChatCompletion();
  assert.deepEqual(streamed.choices[0].message.tool_calls[0].function.arguments, call.function.arguments);
  const second = await client().chat.completions.create({
    model: 'gpt-5.5',
    tools,
    messages: [{ role: 'user', content: 'add' }, first.choices[0].message, { role: 'tool', tool_call_id: call.id, content: '42' }],
  });
  assert.match(second.choices[0].message.content, /42/);
});

test('the list of models', async () => {
  const ids = [];
  for await (const model of client().models.list()) {
    assert.equal(model.object, 'model');
    ids.push(model.id);
  }
  assert.ok(ids.includes('gpt-5.5'));
});

test('errors are those that the client knows', async () => {
  const failure = (name) => client(`${keys.openai}-${name}`).chat.completions.create(ask('hello')).catch((error) => error);
  const rejected = await failure('rejected');
  assert.ok(rejected instanceof AuthenticationError);
  assert.equal(rejected.code, 'invalid_api_key');
  assert.match(rejected.requestID, /^req_/);
  assert.ok(await failure('region') instanceof PermissionDeniedError);
  assert.ok(await failure('model-not-found') instanceof NotFoundError);
  const broke = await failure('no-credit');
  assert.ok(broke instanceof RateLimitError);
  assert.equal(broke.code, 'insufficient_quota');
  const limited = await failure('rate-limited');
  assert.ok(limited instanceof RateLimitError);
  assert.equal(limited.headers.get('retry-after'), '1');
  assert.equal((await failure('context-too-long')).code, 'context_length_exceeded');
  assert.equal((await failure('overloaded')).status, 503);
});

test('an error in the middle of a stream is thrown', async () => {
  const stream = await client().chat.completions.create(ask('[sim:error-in-stream]', { stream: true }));
  await assert.rejects(async () => { for await (const chunk of stream) assert.ok(chunk.choices); }, APIError);
});

test('the client comes back after a passing trouble', async () => {
  const patient = new OpenAI({ apiKey: `${keys.openai}-flaky`, baseURL: `${simulator.origin}/v1`, maxRetries: 2 });
  assert.match((await patient.chat.completions.create(ask('hello'))).choices[0].message.content, /heard: hello/);
});
