package io.fieldloop.device.tls.crypto;

import java.math.BigInteger;
import java.util.List;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.agreement.ECDHBasicAgreement;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.math.ec.ECMultiplier;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsECDomain;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsSecret;
import org.bouncycastle.util.BigIntegers;

/** A curve whose products are {@link SharedArithmetic}; its private keys are drawn from the random source as ever. */
final class SharedCurve extends BcTlsECDomain {
    private final SharedArithmetic arithmetic;

    SharedCurve(BcTlsCrypto crypto, TlsECConfig config, SharedArithmetic arithmetic) {
        super(crypto, config);
        this.arithmetic = arithmetic;
    }

    @Override
    public AsymmetricCipherKeyPair generateKeyPair() {
        ECKeyPairGenerator generator = new ECKeyPairGenerator() {
            @Override
            protected ECMultiplier createBasePointMultiplier() {
                return (base, factor) ->
                        arithmetic.result(ECPoint.class, List.of("product", base, factor), () -> product(base, factor));
            }
        };
        generator.init(new ECKeyGenerationParameters(domainParameters, crypto.getSecureRandom()));
        return generator.generateKeyPair();
    }

    private static ECPoint product(ECPoint base, BigInteger factor) {
        return new FixedPointCombMultiplier().multiply(base, factor).normalize();
    }

    @Override
    public BcTlsSecret calculateECDHAgreement(ECPrivateKeyParameters own, ECPublicKeyParameters theirs) {
        ECDHBasicAgreement agreement = new ECDHBasicAgreement();
        agreement.init(own);
        BigInteger secret = arithmetic.result(
                BigInteger.class,
                List.of("agreement", theirs.getQ(), own.getD()),
                () -> agreement.calculateAgreement(theirs));
        return new BcTlsSecret(crypto, BigIntegers.asUnsignedByteArray(agreement.getFieldSize(), secret));
    }
}
