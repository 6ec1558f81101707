"""Whisper's network, small: transformers' modules, run so that windows of any length and place can be learned."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import WhisperConfig, WhisperForConditionalGeneration

from .tokens import Ids

WIDTH = 128
HEADS = 2
DECODER_LAYERS = 4
GUIDED_LAYERS = (1, 2)
"""Decoder layers whose first head is led along the text, so that it reads the sound in order."""


def build(vocabulary_size: int, ids: Ids) -> WhisperForConditionalGeneration:
    """A new network with random weights."""
    config = WhisperConfig(
        vocab_size=vocabulary_size,
        num_mel_bins=80,
        d_model=WIDTH,
        encoder_layers=4,
        decoder_layers=DECODER_LAYERS,
        encoder_attention_heads=HEADS,
        decoder_attention_heads=HEADS,
        encoder_ffn_dim=4 * WIDTH,
        decoder_ffn_dim=4 * WIDTH,
        max_source_positions=1500,
        max_target_positions=448,
        pad_token_id=ids.end,
        bos_token_id=ids.end,
        eos_token_id=ids.end,
        decoder_start_token_id=ids.start,
        suppress_tokens=[],
        begin_suppress_tokens=[ids.end],
    )
    return WhisperForConditionalGeneration(config)


def _split(x: Tensor) -> Tensor:
    return x.unflatten(-1, (HEADS, -1)).transpose(1, 2)


def _attend(attention: nn.Module, x: Tensor, source: Tensor, causal: bool) -> tuple[Tensor, Tensor, Tensor]:
    """The attention's output, and its queries and keys (windows, heads, length, 64)."""
    query, key, value = (
        _split(t) for t in (attention.q_proj(x), attention.k_proj(source), attention.v_proj(source))
    )
    mixed = functional.scaled_dot_product_attention(query, key, value, is_causal=causal)
    return attention.out_proj(mixed.transpose(1, 2).flatten(2)), query, key


def _feed(layer: nn.Module, x: Tensor) -> Tensor:
    return layer.fc2(functional.gelu(layer.fc1(layer.final_layer_norm(x))))


def encode(model: WhisperForConditionalGeneration, features: Tensor, places: Tensor) -> Tensor:
    """Features (windows, 80, 2 n) to (windows, n, 128); window i takes its positions from `places[i]` on."""
    encoder = model.model.encoder
    x = functional.gelu(encoder.conv2(functional.gelu(encoder.conv1(features)))).transpose(1, 2)
    x = x + encoder.embed_positions.weight[places[:, None] + torch.arange(x.shape[1])]
    for layer in encoder.layers:
        normal = layer.self_attn_layer_norm(x)
        x = x + _attend(layer.self_attn, normal, normal, causal=False)[0]
        x = x + _feed(layer, x)
    return encoder.layer_norm(x)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the decoder makes of tokens: their successors' logits, and where the guided heads look."""

    logits: Tensor
    looks: list[Tensor]
    """For each guided layer: attention of its first head, (windows, tokens, positions)."""


def decode(model: WhisperForConditionalGeneration, tokens: Tensor, encoded: Tensor) -> Reading:
    """Read tokens (windows, length) against the encoded sound."""
    decoder = model.model.decoder
    x = decoder.embed_tokens(tokens) + decoder.embed_positions.weight[: tokens.shape[1]]
    looks = []
    for index, layer in enumerate(decoder.layers):
        normal = layer.self_attn_layer_norm(x)
        x = x + _attend(layer.self_attn, normal, normal, causal=True)[0]
        output, query, key = _attend(
            layer.encoder_attn, layer.encoder_attn_layer_norm(x), encoded, causal=False
        )
        x = x + output
        x = x + _feed(layer, x)
        if index in GUIDED_LAYERS:
            looks.append((query[:, 0] @ key[:, 0].transpose(1, 2) / 8.0).float().softmax(-1))
    return Reading(model.proj_out(decoder.layer_norm(x)), looks)
