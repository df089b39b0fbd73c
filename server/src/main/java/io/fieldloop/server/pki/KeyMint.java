package io.fieldloop.server.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.function.IntFunction;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;

/** Makes key pairs out of nothing but the random source it was given, so that one seed always makes the same keys. */
final class KeyMint {
    private static final BigInteger PUBLIC_EXPONENT = BigInteger.valueOf(65537);

    private final SecureRandom random;
    private final IntFunction<BigInteger> primes;

    private KeyMint(SecureRandom random, IntFunction<BigInteger> primes) {
        this.random = random;
        this.primes = primes;
    }

    /** Searches for the primes of RSA keys upwards from random numbers. */
    static KeyMint searching(SecureRandom random) {
        return new KeyMint(random, bits -> prime(bits, random));
    }

    /** Draws them from {@link KnownPrimes}. */
    static KeyMint drawing(SecureRandom random) {
        return new KeyMint(random, new KnownPrimes(random)::draw);
    }

    AsymmetricCipherKeyPair mint(KeyKind kind) {
        if (kind.modulusBits() > 0) {
            return rsa(kind.modulusBits());
        }
        return kind.curve() == null ? ed25519() : onCurve(kind.curve());
    }

    /** A key that was long enough until about 2010. */
    AsymmetricCipherKeyPair mintRsa1024() {
        return rsa(1024);
    }

    private AsymmetricCipherKeyPair ed25519() {
        Ed25519KeyPairGenerator generator = new Ed25519KeyPairGenerator();
        generator.init(new Ed25519KeyGenerationParameters(random));
        return generator.generateKeyPair();
    }

    /** A key on the curve of that name. */
    AsymmetricCipherKeyPair onCurve(String curve) {
        X9ECParameters fast = CustomNamedCurves.getByName(curve);
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(
                new ECNamedDomainParameters(
                        ECNamedCurveTable.getOID(curve), fast == null ? ECNamedCurveTable.getByName(curve) : fast),
                random));
        return generator.generateKeyPair();
    }

    private AsymmetricCipherKeyPair rsa(int modulusBits) {
        BigInteger p = primes.apply(modulusBits / 2);
        BigInteger q = primes.apply(modulusBits / 2);
        while (q.equals(p)) {
            q = primes.apply(modulusBits / 2);
        }
        BigInteger modulus = p.multiply(q);
        BigInteger p1 = p.subtract(BigInteger.ONE);
        BigInteger q1 = q.subtract(BigInteger.ONE);
        BigInteger d = PUBLIC_EXPONENT.modInverse(p1.multiply(q1));
        return new AsymmetricCipherKeyPair(
                new RSAKeyParameters(false, modulus, PUBLIC_EXPONENT),
                new RSAPrivateCrtKeyParameters(
                        modulus, PUBLIC_EXPONENT, d, p, q, d.mod(p1), d.mod(q1), q.modInverse(p)));
    }

    /**
     * Searches upwards from a random start.
     *
     * <p>Several times faster than Bouncy Castle's generator, which tests a fresh random number each time; the slightly uneven spread of
     * primes is of no concern for keys that live for one run.
     */
    private static BigInteger prime(int bits, SecureRandom random) {
        while (true) {
            // Both top bits set, so that the product of two primes has its full length.
            BigInteger start = new BigInteger(bits, random).setBit(bits - 1).setBit(bits - 2);
            BigInteger prime = start.nextProbablePrime();
            boolean usable = prime.bitLength() == bits
                    && prime.subtract(BigInteger.ONE).gcd(PUBLIC_EXPONENT).equals(BigInteger.ONE);
            if (usable) {
                return prime;
            }
        }
    }

    static PrivateKey toJca(AsymmetricKeyParameter key) {
        try {
            return Jca.privateKey(PrivateKeyInfoFactory.createPrivateKeyInfo(key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
