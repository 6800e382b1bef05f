// An OpenID provider for the tests: npm's oidc-provider as it is, and a door beside it through
// which a test changes its people, its keys and its clock.
// node provider.mjs <port> <port of the door> <address that browsers are sent back to>

import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";

import Provider from "oidc-provider";

const [port, door, back] = process.argv.slice(2);
const issuer = `http://localhost:${port}`;
const people = new Map();
const kept = new Map();
const realNow = Date.now;
let skewMs = 0;
let made = 0;
let answer;

Date.now = () => realNow() + skewMs;

// What Date() and new Date() say stays true; the provider asks Date.now() for its tokens' times.
function key(kind) {
  const { privateKey } =
    kind === "RS256"
      ? generateKeyPairSync("rsa", { modulusLength: 2048 })
      : kind === "ES256"
        ? generateKeyPairSync("ec", { namedCurve: "P-256" })
        : generateKeyPairSync("ed25519");
  made += 1;
  return { ...privateKey.export({ format: "jwk" }), kid: `key-${made}`, use: "sig", alg: kind };
}

function client(id, more) {
  return {
    client_id: id,
    redirect_uris: [`${back}/${id}/callback`],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    ...more,
  };
}

// Where all the providers opened here keep what they handed out.
class Kept {
  constructor(model) {
    this.model = model;
  }

  place(id) {
    return `${this.model}:${id}`;
  }

  async upsert(id, payload) {
    kept.set(this.place(id), payload);
  }

  async find(id) {
    return kept.get(this.place(id));
  }

  async findByUid(uid) {
    return [...kept.values()].find((found) => found.uid === uid && found.kind === this.model);
  }

  async findByUserCode() {}

  async consume(id) {
    kept.get(this.place(id)).consumed = Math.floor(Date.now() / 1000);
  }

  async destroy(id) {
    kept.delete(this.place(id));
  }

  async revokeByGrantId(grantId) {
    for (const [place, found] of kept) if (found.grantId === grantId) kept.delete(place);
  }
}

// The same people, sessions and grants go on under other keys.
function open(kind) {
  const provider = new Provider(issuer, {
    adapter: Kept,
    clients: [
      client("acme", { client_secret: "a secret: with % and +", id_token_signed_response_alg: kind }),
      client("public", {
        token_endpoint_auth_method: "none",
        id_token_signed_response_alg: kind,
      }),
    ],
    jwks: { keys: [key(kind), ...(kind === "RS256" ? [] : [key("RS256")])] },
    cookies: { keys: ["only for tests"] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    scopes: ["openid", "offline_access"],
    enabledJWA: { idTokenSigningAlgValues: ["RS256", "ES256", "EdDSA"] },
    pkce: { required: () => true },
    conformIdTokenClaims: true,
    findAccount(_ctx, sub) {
      const person = people.get(sub);
      return person && { accountId: sub, claims: () => ({ sub, ...person }) };
    },
  });
  answer = provider.callback();
}

const orders = {
  person({ sub, ...said }) {
    people.set(sub, said);
  },
  close({ sub }) {
    people.delete(sub);
  },
  rotate({ kind }) {
    open(kind);
  },
  skew({ seconds }) {
    skewMs = 1000 * seconds;
  },
};

open("RS256");
createServer((request, response) => answer(request, response)).listen(Number(port), "localhost");
createServer(async (request, response) => {
  let body = "";
  for await (const piece of request) body += piece;
  orders[request.url.slice(1)](JSON.parse(body));
  response.end("done");
}).listen(Number(door), "127.0.0.1");
