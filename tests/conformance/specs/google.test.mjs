// What Google's own client makes of the simulator's answers.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ApiError, GoogleGenAI } from '@google/genai';
import { keys, startSimulator } from '../support/simulator.mjs';

let simulator;
before(async () => { simulator = await startSimulator(); });
after(() => simulator?.stop());

const client = (key = keys.google) => new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: simulator.origin } });
const ask = (contents, config = {}) => ({ model: 'gemini-3.8-flash', contents, config });
const tools = [{
  functionDeclarations: [{ name: 'add', description: 'adds', parameters: { type: 'OBJECT', properties: { input: { type: 'STRING' } } } }],
}];

test('chat', async () => {
  const answer = await client().models.generateContent(ask('hello'));
  assert.equal(answer.text, 'gemini-3.8-flash (simulated) heard: hello');
  assert.equal(answer.candidates[0].finishReason, 'STOP');
  assert.ok(answer.usageMetadata.promptTokenCount > 0);
  assert.ok(answer.responseId);
});

test('a stream', async () => {
  const pieces = [];
  let last;
  for await (const chunk of await client().models.generateContentStream(ask('one two three'))) {
    pieces.push(chunk.text);
    last = chunk;
  }
  assert.equal(pieces.join(''), 'gemini-3.8-flash (simulated) heard: one two three');
  assert.ok(pieces.length > 3);
  assert.equal(last.candidates[0].finishReason, 'STOP');
  assert.ok(last.usageMetadata.candidatesTokenCount > 0);
});

test('a tool call and its result, with the signature of the thought', async () => {
  const first = await client().models.generateContent(ask('add [sim:tool]', { tools }));
  const [call] = first.functionCalls;
  assert.equal(call.name, 'add');
  assert.deepEqual(call.args, { input: 'add [sim:tool]' });
  assert.ok(first.candidates[0].content.parts[0].thoughtSignature);
  const second = await client().models.generateContent(ask([
    { role: 'user', parts: [{ text: 'add' }] },
    first.candidates[0].content,
    { role: 'user', parts: [{ functionResponse: { id: call.id, name: call.name, response: { output: '42' } } }] },
  ], { tools }));
  assert.match(second.text, /42/);
});

test('the list of models, page by page', async () => {
  const names = [];
  for await (const model of await client().models.list({ config: { pageSize: 2 } })) names.push(model.name);
  assert.ok(names.includes('models/gemini-3.8-flash'));
  assert.ok(names.length > 2);
  assert.equal(new Set(names).size, names.length);
});

test('errors are those that the client knows', async () => {
  const failure = (name) => client(`${keys.google}-${name}`).models.generateContent(ask('hello')).catch((error) => error);
  for (const [name, status, text] of [
    ['rejected', 400, 'API_KEY_INVALID'], ['forbidden', 403, 'PERMISSION_DENIED'], ['no-credit', 429, 'RESOURCE_EXHAUSTED'],
    ['rate-limited', 429, 'retryDelay'], ['overloaded', 503, 'UNAVAILABLE'], ['model-not-found', 404, 'NOT_FOUND'],
    ['timeout', 504, 'DEADLINE_EXCEEDED']]) {
    const error = await failure(name);
    assert.ok(error instanceof ApiError, name);
    assert.equal(error.status, status, name);
    assert.ok(error.message.includes(text), `${name}: ${error.message}`);
  }
});

test('an error in the middle of a stream is thrown', async () => {
  const stream = await client().models.generateContentStream(ask('[sim:error-in-stream]'));
  await assert.rejects(async () => { for await (const chunk of stream) assert.ok(chunk); });
});
