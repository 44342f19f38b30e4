// What Anthropic's own client makes of the simulator's answers.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import Anthropic, {
  APIError, AuthenticationError, BadRequestError, NotFoundError, PermissionDeniedError, RateLimitError,
} from '@anthropic-ai/sdk';
import { keys, startSimulator } from '../support/simulator.mjs';

let simulator;
before(async () => { simulator = await startSimulator(); });
after(() => simulator?.stop());

const client = (key = keys.anthropic) => new Anthropic({ apiKey: key, baseURL: simulator.origin, maxRetries: 0 });
const ask = (content, more = {}) => ({ model: 'claude-opus-5', max_tokens: 1000, messages: [{ role: 'user', content }], ...more });
const tools = [{ name: 'add', description: 'adds', input_schema: { type: 'object', properties: { input: { type: 'string' } } } }];

test('chat', async () => {
  const message = await client().messages.create(ask('hello'));
  assert.equal(message.type, 'message');
  assert.deepEqual(message.content, [{ type: 'text', text: 'claude-opus-5 (simulated) heard: hello' }]);
  assert.equal(message.stop_reason, 'end_turn');
  assert.ok(message.usage.input_tokens > 0 && message.usage.output_tokens > 0);
  assert.match(message._request_id, /^req_/);
});

test('a stream', async () => {
  const stream = client().messages.stream(ask('one two three'));
  const pieces = [];
  stream.on('text', (text) => pieces.push(text));
  const whole = await stream.finalMessage();
  assert.equal(whole.content[0].text, 'claude-opus-5 (simulated) heard: one two three');
  assert.equal(pieces.join(''), whole.content[0].text);
  assert.ok(pieces.length > 3);
  assert.equal(whole.stop_reason, 'end_turn');
  assert.ok(whole.usage.output_tokens > 0);
});

test('a tool call and its result, whole and streamed', async () => {
  const first = await client().messages.create(ask('add [sim:tool]', { tools }));
  const call = first.content.find((block) => block.type === 'tool_use');
  assert.equal(first.stop_reason, 'tool_use');
  assert.equal(call.name, 'add');
  assert.deepEqual(call.input, { input: 'add [sim:tool]' });
  const streamed = await client().messages.stream(ask('add [sim:tool]', { tools })).finalMessage();
  assert.deepEqual(streamed.content.find((block) => block.type === 'tool_use').input, call.input);
  const second = await client().messages.create({
    model: 'claude-opus-5',
    max_tokens: 1000,
    tools,
    messages: [
      { role: 'user', content: 'add' },
      { role: 'assistant', content: first.content },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: call.id, content: '42' }] },
    ],
  });
  assert.match(second.content[0].text, /42/);
});

test('the list of models, page by page', async () => {
  const ids = [];
  for await (const model of client().models.list({ limit: 2 })) {
    assert.equal(model.type, 'model');
    ids.push(model.id);
  }
  assert.ok(ids.includes('claude-opus-5'));
  assert.ok(ids.length > 2);
  assert.equal(new Set(ids).size, ids.length);
});

test('tokens are counted', async () => {
  const { messages, model } = ask('hello');
  assert.ok((await client().messages.countTokens({ messages, model })).input_tokens > 0);
});

test('errors are those that the client knows', async () => {
  const failure = (name) => client(`${keys.anthropic}-${name}`).messages.create(ask('hello')).catch((error) => error);
  const rejected = await failure('rejected');
  assert.ok(rejected instanceof AuthenticationError);
  assert.equal(rejected.error.error.type, 'authentication_error');
  assert.match(rejected.requestID, /^req_/);
  assert.ok(await failure('forbidden') instanceof PermissionDeniedError);
  assert.ok(await failure('model-not-found') instanceof NotFoundError);
  const broke = await failure('no-credit');
  assert.ok(broke instanceof BadRequestError);
  assert.match(broke.message, /credit balance is too low/);
  const limited = await failure('rate-limited');
  assert.ok(limited instanceof RateLimitError);
  assert.equal(limited.headers.get('retry-after'), '1');
  assert.equal((await failure('overloaded')).status, 529);
});

test('an error in the middle of a stream is thrown', async () => {
  await assert.rejects(client().messages.stream(ask('[sim:error-in-stream]')).finalMessage(), APIError);
});
